import { Button, Text, TextInput } from "@mantine/core";
import { type ReactNode, useRef, useState } from "react";

import { Choice, Choices } from "@/shared/components/choice";
import { useMessages } from "@/shared/i18n/language-context";

import {
  insertPart,
  MOST_CHARACTERS,
  PATTERN_NAMES,
  PATTERNS,
  patternName,
  PLACEHOLDERS,
  type Placeholder,
} from "../model/export-options";

import classes from "./name-pattern.module.css";

interface NamePatternProps {
  pattern: string;
  onChange: (pattern: string) => void;
  /** Why the pattern cannot be used, in words. */
  error: ReactNode;
  /** The first names in the zip. */
  examples: readonly string[];
}

/** How the files are named: a common or a custom pattern, with the first names it gives. */
export function NamePattern({ pattern, onChange, error, examples }: NamePatternProps) {
  const t = useMessages("downloads");
  const [isOwn, setOwn] = useState(patternName(pattern) === null);
  return (
    <Choices legend={t("names")}>
      {PATTERN_NAMES.map((name) => (
        <Choice
          key={name}
          type="radio"
          name="names"
          label={t(`names_${name}`)}
          checked={!isOwn && PATTERNS[name] === pattern}
          onChange={() => {
            setOwn(false);
            onChange(PATTERNS[name]);
          }}
        />
      ))}
      <Choice type="radio" name="names" label={t("names_own")} checked={isOwn} onChange={() => setOwn(true)} />
      {isOwn && <OwnPattern pattern={pattern} onChange={onChange} error={error} />}
      {examples.length > 0 && (
        <div className={classes.examples}>
          <Text size="sm" c="dimmed">
            {t("examples")}
          </Text>
          <ul>
            {examples.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </div>
      )}
    </Choices>
  );
}

function OwnPattern({ pattern, onChange, error }: Pick<NamePatternProps, "pattern" | "onChange" | "error">) {
  const t = useMessages("downloads");
  const input = useRef<HTMLInputElement>(null);

  function insert(part: Placeholder) {
    const field = input.current;
    const end = pattern.length;
    const [next, cursor] = insertPart(pattern, part, field?.selectionStart ?? end, field?.selectionEnd ?? end);
    onChange(next);
    // After the text is in the field, which moves the cursor to its end.
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(cursor, cursor);
    });
  }

  return (
    <div className={classes.own}>
      <TextInput
        ref={input}
        aria-label={t("pattern")}
        value={pattern}
        maxLength={MOST_CHARACTERS}
        error={error}
        autoCapitalize="off"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <div className={classes.parts} role="group" aria-label={t("parts")}>
        {PLACEHOLDERS.map((part) => (
          <Button
            key={part}
            variant="default"
            size="sm"
            px={12}
            aria-label={t("insertPart", { part: t(`part_${part}`) })}
            onClick={() => insert(part)}
          >
            {t(`part_${part}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
