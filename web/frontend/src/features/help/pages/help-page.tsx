import { Accordion, Anchor, List, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import { PageBody } from "@/shared/components/page-body";
import { usePageTitle } from "@/shared/hooks/use-page-title";
import { useMessages } from "@/shared/i18n/language-context";
import type { CommandName } from "@/shared/keyboard/commands";
import { KeyList } from "@/shared/keyboard/key-list";

import classes from "./help-page.module.css";

const TROUBLES = ["offline", "session", "failed", "service", "model"] as const;
/** Those that one needs, and that do the same in the review and in the comparison. */
const KEYS = ["shot", "keep", "only", "number", "reject", "undo", "redo", "help"] as const satisfies CommandName[];

export function HelpPage() {
  const t = useMessages("help");
  usePageTitle(t("title"));
  return (
    <PageBody narrow>
      <Title order={1}>{t("title")}</Title>
      <Part title={t("how")}>
        <List type="ordered" spacing="sm" pr="md">
          {(["howUpload", "howGroup", "howReview", "howDownload"] as const).map((step) => (
            <List.Item key={step}>{t(step)}</List.Item>
          ))}
        </List>
      </Part>
      <Part title={t("phone")}>
        <Text>{t("phoneText")}</Text>
      </Part>
      <Part title={t("trouble")}>
        <Accordion variant="separated" order={3}>
          {TROUBLES.map((trouble) => (
            <Accordion.Item key={trouble} value={trouble}>
              <Accordion.Control>{t(`${trouble}Question`)}</Accordion.Control>
              <Accordion.Panel>{t(`${trouble}Answer`)}</Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      </Part>
      <Part title={t("files")}>
        <Text>{t("filesTaken")}</Text>
        <Text mt="xs">{t("filesNot")}</Text>
      </Part>
      <Part title={t("keys")}>
        <Text mb="sm">{t("keysText")}</Text>
        <KeyList names={KEYS} page="review" />
      </Part>
      <Part title={t("privacy")}>
        <Text>{t("privacyText")}</Text>
      </Part>
      <Part title={t("apiQuestion")}>
        <Text>
          {t("apiAnswer")}{" "}
          <Anchor href="/api/v1/docs/" underline="always">
            {t("apiLink")}
          </Anchor>
        </Text>
      </Part>
    </PageBody>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <Title order={2} size="h3" mb="sm">
        {title}
      </Title>
      {children}
    </section>
  );
}
