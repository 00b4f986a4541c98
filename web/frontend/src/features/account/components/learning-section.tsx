import { Alert, Button, Group, Progress, Skeleton, Stack, Switch, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Learning } from "@/shared/api/schema-types";
import { ConfirmDialog } from "@/shared/components/confirm-dialog";
import { toastDone } from "@/shared/components/toast";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { accountMessages } from "../account-messages";
import { learningQuery, useResetLearning, useSwitchLearning } from "../api/learning";

import { Section } from "./section";

export function LearningSection() {
  const t = useMessages(accountMessages);
  const problemText = useProblemText();
  const learning = useQuery(learningQuery);
  const toggle = useSwitchLearning();
  const error = learning.error ?? toggle.error;
  return (
    <Section title={t("learningTitle")} text={t("learningText")}>
      <Stack gap="lg">
        {error && <Alert color="red">{problemText(error)}</Alert>}
        {learning.isPending && <Skeleton height={120} />}
        {learning.data && (
          <>
            <Switch
              label={t("learningSwitch")}
              checked={toggle.isPending ? toggle.variables : learning.data.enabled}
              disabled={toggle.isPending}
              onChange={(event) => toggle.mutate(event.currentTarget.checked)}
            />
            <LearningState learning={learning.data} />
            {learning.data.choices > 0 && <ResetLearning />}
          </>
        )}
      </Stack>
    </Section>
  );
}

function LearningState({ learning }: { learning: Learning }) {
  const t = useMessages(accountMessages);
  const { choices, corrections, corrections_needed: needed } = learning;
  switch (learning.state) {
    case "nothing":
      return <Text>{t("learningNothing")}</Text>;
    case "off":
      return <Text>{t("learningOff")}</Text>;
    case "collecting":
      return (
        <Stack gap="sm">
          <Text>{t("learningCollecting", { choices, corrections, needed })}</Text>
          <Share label={t("learningProgress")} part={corrections} total={needed} />
        </Stack>
      );
    case "not_better":
      return (
        <Stack gap="sm">
          <Text>{t("learningNotBetter")}</Text>
          <Figures learning={learning} />
        </Stack>
      );
    case "in_use":
      return (
        <Stack gap="sm">
          <Text>{t("learningInUse")}</Text>
          <Figures learning={learning} />
        </Stack>
      );
  }
}

/** The learned ranking beside the usual one, so that everybody can see whether it helps. */
function Figures({ learning: { choices, agreed, agreed_without: without } }: { learning: Learning }) {
  const t = useMessages(accountMessages);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t("learningFigures", { count: choices })}
      </Text>
      <Share label={t("learningAgreed")} part={agreed} total={choices} />
      <Share label={t("learningAgreedWithout")} part={without} total={choices} color="gray.6" />
    </Stack>
  );
}

function Share({ label, part, total, color }: { label: string; part: number; total: number; color?: string }) {
  const t = useMessages(accountMessages);
  const format = useFormat();
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{label}</Text>
        <Text size="sm" c="dimmed">
          {t("learningOf", { part: format.number(part), total: format.number(total) })}
        </Text>
      </Group>
      <Progress value={(100 * part) / total} color={color} aria-label={label} />
    </Stack>
  );
}

function ResetLearning() {
  const t = useMessages(accountMessages);
  const [asking, setAsking] = useState(false);
  const reset = useResetLearning();
  const close = () => {
    setAsking(false);
    reset.reset();
  };
  return (
    <div>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t("learningReset")}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t("learningResetTitle")}
        text={t("learningResetText")}
        action={t("learningReset")}
        danger
        busy={reset.isPending}
        error={reset.error}
        onClose={close}
        onConfirm={() =>
          reset.mutate(undefined, {
            onSuccess: () => {
              close();
              toastDone(t("learningResetDone"));
            },
          })
        }
      />
    </div>
  );
}
