import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconLogout, IconUserCircle } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";

import { useSession, useSignOut } from "@/shared/api/session-query";
import { toastProblem } from "@/shared/components/toast";
import { LANGUAGES, type Language } from "@/shared/i18n/catalogue";
import { useLanguage, useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { shellMessages } from "./shell-messages";

/** Languages are named in themselves. */
const LANGUAGE_NAMES: Record<Language, string> = { en: "English", sv: "Svenska" };
const SCHEMES = ["light", "dark", "auto"] as const;

export function AccountMenu() {
  const t = useMessages(shellMessages);
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
        <Menu.Item component="a" href="/api/v1/docs/">
          {t("apiDocs")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("appearance")}</Menu.Label>
        {SCHEMES.map((scheme) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={scheme === colorScheme}
            closeMenuOnClick={false}
            rightSection={scheme === colorScheme && <IconCheck size={16} aria-hidden />}
            onClick={() => setColorScheme(scheme)}
          >
            {t(scheme)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t("language")}</Menu.Label>
        {LANGUAGES.map((code) => (
          <Menu.Item
            key={code}
            lang={code}
            role="menuitemradio"
            aria-checked={code === language}
            closeMenuOnClick={false}
            rightSection={code === language && <IconCheck size={16} aria-hidden />}
            onClick={() => setLanguage(code)}
          >
            {LANGUAGE_NAMES[code]}
          </Menu.Item>
        ))}
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
