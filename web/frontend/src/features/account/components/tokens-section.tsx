import { Alert, Button, Code, CopyButton, Group, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import { formProblem } from "@/shared/api/form-problem";
import type { Token } from "@/shared/api/schema-types";
import { ConfirmDialog } from "@/shared/components/confirm-dialog";
import { toastDone } from "@/shared/components/toast";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { useFieldText, useProblemText } from "@/shared/i18n/use-problem-text";

import { tokensQuery, useCreateToken, useRevokeToken } from "../api/tokens";

import { Section } from "./section";
import classes from "./section.module.css";

const LIFETIMES = [30, 90, 365];

export function TokensSection() {
  const t = useMessages("account");
  const problemText = useProblemText();
  const tokens = useInfiniteQuery(tokensQuery);
  const [revoking, setRevoking] = useState<Token | null>(null);
  return (
    <Section title={t("tokensTitle")} text={t("tokensText")}>
      {tokens.error && <Alert color="red">{problemText(tokens.error)}</Alert>}
      {tokens.data?.length === 0 && <Text c="dimmed">{t("noTokens")}</Text>}
      {tokens.data?.map((token) => (
        <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
      ))}
      <CreateTokenForm />
      <RevokeDialog token={revoking} onClose={() => setRevoking(null)} />
    </Section>
  );
}

function TokenRow({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const t = useMessages("account");
  const format = useFormat();
  const facts = [
    t("tokenBegins", { start: token.begins_with }),
    t("tokenSince", { date: format.date(token.created_at) }),
    token.last_used_at ? t("tokenUsed", { time: format.dateTime(token.last_used_at) }) : t("tokenUnused"),
    ...(token.expires_at ? [t("tokenExpires", { date: format.date(token.expires_at) })] : []),
  ];
  return (
    <div className={classes.row}>
      <div className={classes.grow}>
        <Text>{token.name}</Text>
        <Text size="sm" c="dimmed">
          {facts.join(" · ")}
        </Text>
      </div>
      <Button variant="subtle" color="gray" aria-label={t("revokeNamed", { name: token.name })} onClick={onRevoke}>
        {t("revoke")}
      </Button>
    </div>
  );
}

function CreateTokenForm() {
  const t = useMessages("account");
  const fieldText = useFieldText();
  const problemText = useProblemText();
  const [name, setName] = useState("");
  const [days, setDays] = useState("");
  const create = useCreateToken();
  const error = formProblem(create.error, ["name"]);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name, expires_in_days: days ? Number(days) : null }, { onSuccess: () => setName("") });
      }}
    >
      <Stack mt="md">
        {error && <Alert color="red">{problemText(error)}</Alert>}
        <Group align="end">
          <TextInput
            className={classes.grow}
            label={t("tokenName")}
            placeholder={t("tokenNamePlaceholder")}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
            error={fieldText(create.error, "name")}
          />
          <NativeSelect
            size="md"
            label={t("tokenExpiry")}
            value={days}
            onChange={(event) => setDays(event.currentTarget.value)}
            data={[
              { value: "", label: t("tokenForever") },
              ...LIFETIMES.map((count) => ({ value: String(count), label: t("tokenDays", { count }) })),
            ]}
          />
          <Button type="submit" variant="default" loading={create.isPending} disabled={!name.trim()}>
            {t("createToken")}
          </Button>
        </Group>
      </Stack>
      <NewTokenDialog text={create.data?.token ?? null} onClose={() => create.reset()} />
    </form>
  );
}

/** The one time the text of a token is on screen. A click beside it does not close it. */
function NewTokenDialog({ text, onClose }: { text: string | null; onClose: () => void }) {
  const t = useMessages("account");
  const common = useMessages("common");
  return (
    <Modal
      opened={text !== null}
      onClose={onClose}
      title={t("tokenCreated")}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Text c="dimmed">{t("tokenCreatedText")}</Text>
        <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {text}
        </Code>
        <Group justify="flex-end">
          <CopyButton value={text ?? ""} timeout={3000}>
            {({ copied, copy }) => (
              <Button type="button" variant="default" onClick={copy}>
                {copied ? common("copied") : common("copy")}
              </Button>
            )}
          </CopyButton>
          <Button type="button" onClick={onClose}>
            {t("tokenCopied")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function RevokeDialog({ token, onClose }: { token: Token | null; onClose: () => void }) {
  const t = useMessages("account");
  const revoke = useRevokeToken();
  return (
    <ConfirmDialog
      opened={token !== null}
      title={t("revokeTitle")}
      text={t("revokeText", { name: token?.name ?? "" })}
      action={t("revoke")}
      danger
      busy={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() => {
        if (!token) return;
        revoke.mutate(token.id, {
          onSuccess: () => {
            toastDone(t("revoked"));
            onClose();
          },
        });
      }}
    />
  );
}
