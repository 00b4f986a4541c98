import { ActionIcon, type MantineColorScheme, Menu, useMantineColorScheme } from "@mantine/core";
import { IconLogout, IconUserCircle } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";

import { useSession, useSignOut } from "@/shared/api/session-query";
import { toastProblem } from "@/shared/components/toast";
import { LANGUAGES, type Language } from "@/shared/i18n/catalogue";
import { useLanguage, useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { installMessages } from "./install-messages";
import { useInstall } from "./install-prompt";
import { shellMessages } from "./shell-messages";

/** Each language is named in itself. */
const LANGUAGE_NAMES: Record<Language, string> = { en: "English", sv: "Svenska" };
const SCHEMES = ["light", "dark", "auto"] as const;

export function AccountMenu() {
  const t = useMessages(shellMessages);
  const own = useMessages(installMessages);
  const install = useInstall();
  const { language, setLanguage } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const user = useSession();
  const navigate = useNavigate();
  const problemText = useProblemText();
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
        {install && <Menu.Item onClick={install}>{own("install")}</Menu.Item>}
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
        <Menu.RadioGroup value={language} onChange={(code) => setLanguage(code as Language)}>
          {LANGUAGES.map((code) => (
            <Menu.RadioItem key={code} value={code} lang={code} closeMenuOnClick={false}>
              {LANGUAGE_NAMES[code]}
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
