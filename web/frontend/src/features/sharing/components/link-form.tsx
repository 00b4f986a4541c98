import { Button, NativeSelect, PasswordInput, TextInput } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";

import type { ShareInput, ShareRole } from "@/shared/api/schema-types";
import { Choice, Choices, Radios } from "@/shared/components/choice";
import { ProblemForm } from "@/shared/components/problem-form";
import { useMessages } from "@/shared/i18n/language-context";
import { useFieldText } from "@/shared/i18n/use-problem-text";

import classes from "./link-form.module.css";

export const ROLES = ["look", "heart", "choose", "edit"] as const satisfies ShareRole[];
const SELECTIONS = ["picks", "kept", "all", "stars"] as const satisfies ShareInput["selection"][];
const DOWNLOADS = ["none", "small", "original"] as const satisfies ShareInput["downloads"][];
const FIELDS = ["name", "wanted_count", "password", "ends_at"];

interface LinkFormProps {
  /** What it begins with. The role is given only where it cannot be changed any more. */
  initial: ShareInput;
  isNew: boolean;
  hasPassword?: boolean;
  busy: boolean;
  error: Error | null;
  onSubmit: (input: ShareInput) => void;
  onCancel?: () => void;
}

/** What a link is for and what it shows. The usual case needs nothing but the button. */
export function LinkForm({ initial, isNew, hasPassword = false, busy, error, onSubmit, onCancel }: LinkFormProps) {
  const t = useMessages("sharing");
  const common = useMessages("common");
  const [input, setInput] = useState(initial);
  const [areOptionsShown, setOptionsShown] = useState(!isNew);
  const set = (change: Partial<ShareInput>) => setInput({ ...input, ...change });
  return (
    <ProblemForm error={error} fields={FIELDS} onSubmit={() => onSubmit(input)}>
      {isNew && (
        <Choices legend={t("roles")}>
          <Radios
            name="role"
            values={ROLES}
            chosen={input.role}
            label={(role) => t(`role_${role}`)}
            text={(role) => t(`roleText_${role}`)}
            onChoose={(role) => set({ role })}
          />
        </Choices>
      )}
      {input.role === "choose" && <WantedCount input={input} error={error} isNew={isNew} onChange={set} />}
      {isNew && (
        <button
          type="button"
          className={classes.more}
          aria-expanded={areOptionsShown}
          onClick={() => setOptionsShown(!areOptionsShown)}
        >
          <IconChevronDown size={20} stroke={1.6} aria-hidden />
          {t("options")}
        </button>
      )}
      {areOptionsShown && <Options input={input} error={error} hasPassword={hasPassword} onChange={set} />}
      <div className={classes.buttons} data-new={isNew}>
        <Button type="submit" loading={busy}>
          {isNew ? t("create") : common("save")}
        </Button>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {common("cancel")}
          </Button>
        )}
      </div>
    </ProblemForm>
  );
}

interface PartProps {
  input: ShareInput;
  error: Error | null;
  onChange: (change: Partial<ShareInput>) => void;
}

function WantedCount({ input, error, isNew, onChange }: PartProps & { isNew: boolean }) {
  const t = useMessages("sharing");
  const fieldText = useFieldText();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Somebody who chose this role types the number next.
    if (isNew) field.current?.focus();
  }, [isNew]);
  return (
    <TextInput
      ref={field}
      inputMode="numeric"
      className={classes.number}
      label={t("wanted")}
      placeholder={t("wantedAny")}
      maxLength={4}
      value={input.wanted_count ?? ""}
      onChange={(event) => {
        const digits = event.currentTarget.value.replace(/\D/g, "");
        onChange({ wanted_count: digits ? Number(digits) : null });
      }}
      error={fieldText(error, "wanted_count")}
    />
  );
}

function Options({ input, error, hasPassword, onChange }: PartProps & { hasPassword: boolean }) {
  const t = useMessages("sharing");
  const fieldText = useFieldText();
  return (
    <div className={classes.options}>
      <NativeSelect
        size="md"
        label={t("selection")}
        value={input.selection}
        onChange={(event) => onChange({ selection: event.currentTarget.value as ShareInput["selection"] })}
        data={SELECTIONS.map((value) => ({ value, label: t(`selection_${value}`) }))}
      />
      <NativeSelect
        size="md"
        label={t("downloads")}
        description={t(`downloadsText_${input.downloads ?? "none"}`)}
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={input.downloads}
        onChange={(event) => onChange({ downloads: event.currentTarget.value as ShareInput["downloads"] })}
        data={DOWNLOADS.map((value) => ({ value, label: t(`downloads_${value}`) }))}
      />
      <TextInput
        type="datetime-local"
        label={t("ends")}
        description={t("endsText")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={localTime(input.ends_at)}
        min={localTime(new Date().toISOString())}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onChange({ ends_at: value ? new Date(value).toISOString() : null });
        }}
        error={fieldText(error, "ends_at")}
      />
      <Password hasPassword={hasPassword} input={input} error={error} onChange={onChange} />
      <TextInput
        label={t("note")}
        placeholder={t("notePlaceholder")}
        description={t("noteText")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={input.name ?? ""}
        maxLength={200}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        error={fieldText(error, "name")}
      />
      {input.downloads !== "original" && (
        <Choice
          type="checkbox"
          name="videos"
          label={t("videos")}
          text={t("videosText")}
          checked={input.plays_videos ?? false}
          onChange={(plays_videos) => onChange({ plays_videos })}
        />
      )}
    </div>
  );
}

/** A password that is set cannot be shown: it can be replaced or taken away. */
function Password({ hasPassword, input, error, onChange }: PartProps & { hasPassword: boolean }) {
  const t = useMessages("sharing");
  const fieldText = useFieldText();
  const isKept = hasPassword && input.password === undefined;
  let hint: ReactNode = null;
  if (hasPassword) hint = isKept ? t("passwordKept") : input.password ? t("passwordOther") : t("passwordRemoved");
  return (
    <div>
      <PasswordInput
        label={t("password")}
        placeholder={t("passwordNone")}
        autoComplete="new-password"
        value={input.password ?? ""}
        maxLength={128}
        description={hint}
        inputWrapperOrder={["label", "input", "description", "error"]}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
        error={fieldText(error, "password")}
      />
      {isKept && (
        <Button variant="subtle" px={8} onClick={() => onChange({ password: "" })}>
          {t("passwordRemove")}
        </Button>
      )}
    </div>
  );
}

/** The moment as a field for a local time wants it; empty for none. */
function localTime(moment: string | null | undefined): string {
  if (!moment) return "";
  const date = new Date(moment);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
