import { NativeSelect, TextInput } from "@mantine/core";

import type { PrintOptions, PrintPreview } from "@/shared/api/schema-types";
import { Choice, Choices, Radios } from "@/shared/components/choice";
import { useMessages } from "@/shared/i18n/language-context";

import { SelectionChoices } from "../components/selection-choices";

import { CAPTIONS, COLUMNS, DEFAULTS, KINDS, MOST_TITLE, PAPERS } from "./print-options";

interface PrintFormProps {
  options: PrintOptions;
  onChange: (options: PrintOptions) => void;
  preview: PrintPreview | undefined;
  albumName: string;
}

/** The options of a book or a contact sheet. */
export function PrintForm({ options, onChange, preview, albumName }: PrintFormProps) {
  const t = useMessages("prints");
  const set = (change: Partial<PrintOptions>) => onChange({ ...options, ...change });
  const isBook = options.kind === "book";
  return (
    <>
      <Choices legend={t("kind")}>
        <Radios
          name="kind"
          values={KINDS}
          chosen={options.kind}
          label={(kind) => t(`kind_${kind}`)}
          text={(kind) => t(`kindText_${kind}`)}
          onChoose={(kind) => set(DEFAULTS[kind])}
        />
      </Choices>
      <TextInput
        label={t("title")}
        placeholder={albumName}
        maxLength={MOST_TITLE}
        value={options.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      {isBook ? (
        <Choices legend={t("paper")}>
          <Radios
            name="paper"
            values={PAPERS}
            chosen={options.paper}
            label={(paper) => t(`paper_${paper}`)}
            onChoose={(paper) => set({ paper })}
          />
        </Choices>
      ) : (
        <NativeSelect
          label={t("columns")}
          data={COLUMNS.map(String)}
          value={String(options.columns)}
          onChange={(event) => set({ columns: Number(event.currentTarget.value) })}
        />
      )}
      <SelectionChoices options={options} preview={preview} onChange={set} />
      <Choices legend={t("captions")}>
        <Radios
          name="captions"
          values={CAPTIONS.filter((captions) => isBook || captions !== "names")}
          chosen={options.captions}
          label={(captions) => t(`captions_${captions}`)}
          onChoose={(captions) => set({ captions })}
        />
        {isBook && (
          <Choice
            type="checkbox"
            name="numbers"
            label={t("numbers")}
            checked={options.numbers}
            onChange={(numbers) => set({ numbers })}
          />
        )}
      </Choices>
    </>
  );
}
