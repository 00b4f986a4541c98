import { ActionIcon, type MantineColorScheme, Menu, useMantineColorScheme } from "@mantine/core";
import { IconLogout, IconUserCircle } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";

import { ConnectionLost } from "@/shared/api/problem";
import { useSession, useSignOut } from "@/shared/api/session-query";
import { toastProblem } from "@/shared/components/toast";
import { useLanguage, useMessages } from "@/shared/i18n/language-context";
import { type Language, LANGUAGE_CODES, LANGUAGES } from "@/shared/i18n/languages";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { useInstall } from "./install-prompt";

const SCHEMES = ["light", "dark", "auto"] as const;

export function AccountMenu() {
  const t = useMessages("shell");
  const install = useInstall();
  const { language, setLanguage } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const user = useSession();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const changeLanguage = (code: string) => {
    setLanguage(code as Language).catch((error: unknown) => toastProblem(problemText(new ConnectionLost(error))));
  };
  const signOut = useSignOut(() => void navigate({ to: "/account/login" }));

  return (
    <Menu position="bottom-end" width={240} keepMounted={false}>
      <Menu.Target>
        <ActionIcon aria-label={t("menu")}>
          <IconUserCircle size={26} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {user && <Menu.Label>{user.email}</Menu.Label>}
        <Menu.Item component={Link} to="/account">
          {t("account")}
        </Menu.Item>
        <Menu.Item component={Link} to="/help">
          {t("help")}
        </Menu.Item>
        {install && <Menu.Item onClick={install}>{t("install")}</Menu.Item>}
        <Menu.Item component="a" href="/api/v1/docs/">
          {t("apiDocs")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("appearance")}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}>
          {SCHEMES.map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick={false}>
              {t(scheme)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t("language")}</Menu.Label>
        <Menu.RadioGroup value={language} onChange={changeLanguage}>
          {LANGUAGE_CODES.map((code) => (
            <Menu.RadioItem key={code} value={code} lang={code} closeMenuOnClick={false}>
              {LANGUAGES[code].name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={18} stroke={1.6} aria-hidden />}
          onClick={() => signOut.mutate(undefined, { onError: (error) => toastProblem(problemText(error)) })}
        >
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
