import type { ReactNode } from "react";

import type { ExportOptions, ExportPreview } from "@/shared/api/schema-types";
import { Choice, Choices } from "@/shared/components/choice";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { StarsRow } from "@/shared/marks/mark-rows";

import { LAYOUTS, RATINGS, SELECTIONS } from "../model/export-options";

import { NamePattern } from "./name-pattern";
import classes from "./options-form.module.css";

const EXAMPLES = 3;

interface OptionsFormProps {
  options: ExportOptions;
  onChange: (options: ExportOptions) => void;
  preview: ExportPreview | undefined;
  patternError: ReactNode;
}

/** The options of a zip. */
export function OptionsForm({ options, onChange, preview, patternError }: OptionsFormProps) {
  const t = useMessages("downloads");
  const marks = useMessages("marks");
  const format = useFormat();
  const folders = preview?.uploaded_folder_count ?? 0;
  const isStarred = options.selection === "stars" || (preview?.selection_counts.stars ?? 0) > 0;
  // During an upgrade, the answer may be of the previous version.
  const { star_counts: starCounts }: Partial<ExportPreview> = preview ?? {};
  const starred = starCounts?.[options.min_stars - 1] ?? 0;
  const layoutText = {
    flat: undefined,
    folders: t("layoutText_folders"),
    source: t("layoutText_source", { count: folders }),
  };
  const set = (change: Partial<ExportOptions>) => onChange({ ...options, ...change });
  const ratings = (
    <Choices legend={t("ratings")}>
      {RATINGS.map((value) => (
        <Choice
          key={value}
          type="radio"
          name="ratings"
          label={t(`ratings_${value}`)}
          text={value === "none" ? undefined : t(`ratingsText_${value}`)}
          checked={options.ratings === value}
          onChange={() => set({ ratings: value })}
        />
      ))}
      {options.ratings !== "none" && (
        <Choice
          type="checkbox"
          name="moments"
          label={t("moments")}
          text={t("momentsText")}
          checked={options.moments}
          onChange={(moments) => set({ moments })}
        />
      )}
    </Choices>
  );
  // Ratings alone are of all photos, with the names and folders of the upload.
  if (options.ratings === "only") return ratings;
  return (
    <>
      <Choices legend={t("selection")}>
        {SELECTIONS.filter((selection) => selection !== "stars" || isStarred).map((selection) => (
          <Choice
            key={selection}
            type="radio"
            name="selection"
            label={t(`selection_${selection}`)}
            text={
              selection === "stars" ? marks("atLeast", { count: options.min_stars }) : t(`selectionText_${selection}`)
            }
            checked={options.selection === selection}
            onChange={() => set({ selection })}
          >
            {preview && format.number(selection === "stars" ? starred : preview.selection_counts[selection])}
          </Choice>
        ))}
        {options.selection === "stars" && (
          <div className={classes.stars}>
            <StarsRow stars={options.min_stars} onStars={(stars) => set({ min_stars: stars })} isLeast />
          </div>
        )}
      </Choices>
      <Choices legend={t("layout")}>
        {LAYOUTS.filter((layout) => layout !== "source" || folders > 0 || options.layout === "source").map((layout) => (
          <Choice
            key={layout}
            type="radio"
            name="layout"
            label={t(`layout_${layout}`)}
            text={layoutText[layout]}
            checked={options.layout === layout}
            onChange={() => set({ layout })}
          />
        ))}
      </Choices>
      <NamePattern
        pattern={options.name_pattern}
        onChange={(pattern) => set({ name_pattern: pattern })}
        error={patternError}
        examples={patternError ? [] : (preview?.names.slice(0, EXAMPLES) ?? [])}
      />
      {ratings}
      <Choices legend={t("privacy")}>
        <Choice
          type="checkbox"
          name="location"
          label={t("strip")}
          text={t("stripText")}
          checked={options.location === "strip"}
          onChange={(strip) => set({ location: strip ? "strip" : "keep" })}
        />
      </Choices>
    </>
  );
}
