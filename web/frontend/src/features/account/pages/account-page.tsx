import { Title } from "@mantine/core";

import { PageBody } from "@/shared/components/page-body";
import { usePageTitle } from "@/shared/hooks/use-page-title";
import { useMessages } from "@/shared/i18n/language-context";

import { DeleteSection } from "../components/delete-section";
import { EmailSection } from "../components/email-section";
import { KeysSection } from "../components/keys-section";
import { PasswordSection } from "../components/password-section";
import { PersonalRankerSection } from "../components/personal-ranker-section";
import { ReauthenticationProvider } from "../components/reauthentication-provider";
import { SessionsSection } from "../components/sessions-section";
import { TokensSection } from "../components/tokens-section";
import { UsageSection } from "../components/usage-section";

export function AccountPage({ onDeleted }: { onDeleted: () => void }) {
  const t = useMessages("account");
  usePageTitle(t("title"));
  return (
    <PageBody narrow>
      <Title order={1} size="h2" mb="lg">
        {t("title")}
      </Title>
      <ReauthenticationProvider>
        <EmailSection />
        <PasswordSection />
        <SessionsSection />
        <PersonalRankerSection />
        <KeysSection />
        <UsageSection />
        <TokensSection />
        <DeleteSection onDeleted={onDeleted} />
      </ReauthenticationProvider>
    </PageBody>
  );
}
