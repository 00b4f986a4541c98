import { Alert, Button, Group, Progress, Skeleton, Stack, Switch, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { PersonalRanker } from "@/shared/api/schema-types";
import { ConfirmDialog } from "@/shared/components/confirm-dialog";
import { toastDone } from "@/shared/components/toast";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { personalRankerQuery, useResetPersonalRanker, useSwitchPersonalRanker } from "../api/personal-ranker";

import { Section } from "./section";

export function PersonalRankerSection() {
  const t = useMessages("account");
  const problemText = useProblemText();
  const ranker = useQuery(personalRankerQuery);
  const toggle = useSwitchPersonalRanker();
  const error = ranker.error ?? toggle.error;
  return (
    <Section title={t("learningTitle")} text={t("learningText")}>
      <Stack gap="lg">
        {error && <Alert color="red">{problemText(error)}</Alert>}
        {ranker.isPending && <Skeleton height={120} />}
        {ranker.data && (
          <>
            <Switch
              label={t("learningSwitch")}
              checked={toggle.isPending ? toggle.variables : ranker.data.enabled}
              size="md"
              // Not disabled meanwhile: that would take the focus away from keyboard users.
              onChange={(event) => !toggle.isPending && toggle.mutate(event.currentTarget.checked)}
            />
            <PersonalRankerState ranker={ranker.data} />
            {ranker.data.choices > 0 && <ResetPersonalRanker />}
          </>
        )}
      </Stack>
    </Section>
  );
}

/** The state in a word or two, then what it means. */
function PersonalRankerState({ ranker }: { ranker: PersonalRanker }) {
  const t = useMessages("account");
  const { state, choices, corrections, corrections_needed: needed } = ranker;
  return (
    <Stack gap="sm">
      <div aria-live="polite">
        <Text fw={600}>{t(`learning_${state}`)}</Text>
        <Text>
          {state === "collecting"
            ? t("learningText_collecting", { count: choices, corrections, needed })
            : t(`learningText_${state}`)}
        </Text>
      </div>
      {state === "collecting" && <Collected corrections={corrections} needed={needed} />}
      {(state === "not_better" || state === "in_use") && <Figures ranker={ranker} />}
    </Stack>
  );
}

function Collected({ corrections, needed }: { corrections: number; needed: number }) {
  const t = useMessages("account");
  const text = t("personalRankerOf", { part: corrections, total: needed });
  return <Bar label={t("learningProgress")} share={corrections / needed} text={text} />;
}

/** The personal ranker beside the standard one, so that people can see whether it helps. */
function Figures({ ranker: { choices, agreed, agreed_without: without } }: { ranker: PersonalRanker }) {
  const t = useMessages("account");
  const format = useFormat();
  const text = (part: number) => t("learningShare", { part, total: choices, percent: format.percent(part / choices) });
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t("learningFigures", { count: choices })}
      </Text>
      <Bar label={t("learningAgreed")} share={agreed / choices} text={text(agreed)} />
      <Bar label={t("learningAgreedWithout")} share={without / choices} text={text(without)} color="gray.6" />
    </Stack>
  );
}

function Bar({ label, share, text, color }: { label: string; share: number; text: string; color?: string }) {
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{label}</Text>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </Group>
      <Progress value={100 * share} color={color} aria-label={label} />
    </Stack>
  );
}

function ResetPersonalRanker() {
  const t = useMessages("account");
  const [asking, setAsking] = useState(false);
  const reset = useResetPersonalRanker();
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
