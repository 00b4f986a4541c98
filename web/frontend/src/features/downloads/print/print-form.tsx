import { NativeSelect, TextInput } from "@mantine/core";

import type { PrintOptions, PrintPreview } from "@/shared/api/schema-types";
import { Choice, Choices, Radios } from "@/shared/components/choice";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { StarsRow } from "@/shared/marks/mark-rows";

import formClasses from "../components/options-form.module.css";
import { SELECTIONS } from "../model/export-options";

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
  const zips = useMessages("downloads");
  const marks = useMessages("marks");
  const format = useFormat();
  const set = (change: Partial<PrintOptions>) => onChange({ ...options, ...change });
  const isBook = options.kind === "book";
  const counts = preview?.selection_counts;
  const isStarred = options.selection === "stars" || (counts?.stars ?? 0) > 0;
  const countOf = (selection: PrintOptions["selection"]) =>
    selection === "stars" ? preview?.star_counts[options.min_stars - 1] : counts?.[selection];
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
      <Choices legend={zips("selection")}>
        <Radios
          name="selection"
          values={SELECTIONS.filter((selection) => selection !== "stars" || isStarred)}
          chosen={options.selection}
          label={(selection) => zips(`selection_${selection}`)}
          text={(selection) => (selection === "stars" ? marks("atLeast", { count: options.min_stars }) : undefined)}
          end={(selection) => preview && format.number(countOf(selection) ?? 0)}
          onChoose={(selection) => set({ selection })}
        />
        {options.selection === "stars" && (
          <div className={formClasses.inside}>
            <StarsRow stars={options.min_stars} onStars={(stars) => set({ min_stars: stars })} isLeast />
          </div>
        )}
      </Choices>
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
