import { type ReactNode, useState } from "react";

import type { ExportOptions, ExportPreview } from "@/shared/api/schema-types";
import { Choice, Choices } from "@/shared/components/choice";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { StarsRow } from "@/shared/marks/mark-rows";

import { hasRareOptions, JPEG_SIZES, LAYOUTS, PART_SIZES, RATINGS, SELECTIONS, SETS } from "../model/export-options";

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
    days: t("layoutText_days"),
    folders: t("layoutText_folders"),
    source: t("layoutText_source", { count: folders }),
  };
  const [hadRare] = useState(() => hasRareOptions(options));
  const hasSets = preview?.has_photo_sets === true || options.sets !== "selected";
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
      <Choices legend={t("size")}>
        {JPEG_SIZES.map((size) => (
          <Choice
            key={size}
            type="radio"
            name="size"
            label={t(`size_${size}`)}
            text={size === 0 ? undefined : t("sizeText", { size })}
            checked={options.jpeg_size === size}
            onChange={() => set({ jpeg_size: size })}
          />
        ))}
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
      <Choices legend={t("page")}>
        <Choice
          type="checkbox"
          name="gallery"
          label={t("gallery")}
          text={t("galleryText")}
          checked={options.gallery}
          onChange={(gallery) => set({ gallery })}
        />
      </Choices>
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
      <details className={classes.more} open={hadRare}>
        <summary>{t("moreChoices")}</summary>
        <div className={classes.rare}>
          <NamePattern
            pattern={options.name_pattern}
            onChange={(pattern) => set({ name_pattern: pattern })}
            error={patternError}
            examples={patternError ? [] : (preview?.names.slice(0, EXAMPLES) ?? [])}
          />
          {hasSets && (
            <Choices legend={t("sets")}>
              {SETS.map((value) => (
                <Choice
                  key={value}
                  type="radio"
                  name="sets"
                  label={t(`sets_${value}`)}
                  checked={options.sets === value}
                  onChange={() => set({ sets: value })}
                />
              ))}
            </Choices>
          )}
          <Choices legend={t("zips")}>
            {PART_SIZES.map((size) => (
              <Choice
                key={size}
                type="radio"
                name="zips"
                label={size === 0 ? t("oneZip") : t("zipsOfAtMost", { size: format.bytes(size * 1e9) })}
                checked={options.part_gigabytes === size}
                onChange={() => set({ part_gigabytes: size })}
              />
            ))}
            <Choice
              type="checkbox"
              name="checksums"
              label={t("checksums")}
              text={t("checksumsText")}
              checked={options.checksums}
              onChange={(checksums) => set({ checksums })}
            />
          </Choices>
          {ratings}
        </div>
      </details>
    </>
  );
}
