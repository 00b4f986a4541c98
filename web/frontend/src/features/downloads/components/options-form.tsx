import { type ReactNode, useState } from "react";

import type { ExportOptions, ExportPreview } from "@/shared/api/schema-types";
import { Choice, Choices, Radios } from "@/shared/components/choice";
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
  // Ratings alone are of all photos, with the names and folders of the upload.
  const hasPhotos = options.ratings !== "only";
  return (
    <>
      {hasPhotos && (
        <>
          <Choices legend={t("selection")}>
            <Radios
              name="selection"
              values={SELECTIONS.filter((selection) => selection !== "stars" || isStarred)}
              chosen={options.selection}
              label={(selection) => t(`selection_${selection}`)}
              text={(selection) =>
                selection === "stars" ? marks("atLeast", { count: options.min_stars }) : t(`selectionText_${selection}`)
              }
              end={(selection) =>
                preview && format.number(selection === "stars" ? starred : preview.selection_counts[selection])
              }
              onChoose={(selection) => set({ selection })}
            />
            {options.selection === "stars" && (
              <div className={classes.inside}>
                <StarsRow stars={options.min_stars} onStars={(stars) => set({ min_stars: stars })} isLeast />
              </div>
            )}
          </Choices>
          <Choices legend={t("size")}>
            <Radios
              name="size"
              values={JPEG_SIZES}
              chosen={options.jpeg_size}
              label={(size) => t(`size_${size}`)}
              text={(size) => (size === 0 ? undefined : t("sizeText", { size }))}
              onChoose={(size) => set({ jpeg_size: size })}
            />
          </Choices>
          <Choices legend={t("layout")}>
            <Radios
              name="layout"
              values={LAYOUTS.filter((layout) => layout !== "source" || folders > 0 || options.layout === "source")}
              chosen={options.layout}
              label={(layout) => t(`layout_${layout}`)}
              text={(layout) => layoutText[layout]}
              onChoose={(layout) => set({ layout })}
            />
          </Choices>
        </>
      )}
      <Choices legend={t("also")}>
        {hasPhotos && (
          <Choice
            type="checkbox"
            name="gallery"
            label={t("gallery")}
            text={t("galleryText")}
            checked={options.gallery}
            onChange={(gallery) => set({ gallery })}
          />
        )}
        <Choice
          type="checkbox"
          name="with-ratings"
          label={t("ratings")}
          text={t("ratingsText")}
          checked={options.ratings !== "none"}
          onChange={(isWanted) => set({ ratings: isWanted ? RATINGS[0] : "none" })}
        />
        {options.ratings !== "none" && (
          <div className={classes.inside}>
            <Radios
              name="ratings"
              values={RATINGS}
              chosen={options.ratings}
              label={(value) => t(`ratings_${value}`)}
              text={(value) => t(`ratingsText_${value}`)}
              onChoose={(value) => set({ ratings: value })}
            />
            <Choice
              type="checkbox"
              name="moments"
              label={t("moments")}
              text={t("momentsText")}
              checked={options.moments}
              onChange={(moments) => set({ moments })}
            />
          </div>
        )}
      </Choices>
      {hasPhotos && (
        <>
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
                  <Radios
                    name="sets"
                    values={SETS}
                    chosen={options.sets}
                    label={(value) => t(`sets_${value}`)}
                    onChoose={(value) => set({ sets: value })}
                  />
                </Choices>
              )}
              <Choices legend={t("zips")}>
                <Radios
                  name="zips"
                  values={PART_SIZES}
                  chosen={options.part_gigabytes}
                  label={(size) => (size === 0 ? t("oneZip") : t("zipsOfAtMost", { size: format.bytes(size * 1e9) }))}
                  onChoose={(size) => set({ part_gigabytes: size })}
                />
                <Choice
                  type="checkbox"
                  name="checksums"
                  label={t("checksums")}
                  text={t("checksumsText")}
                  checked={options.checksums}
                  onChange={(checksums) => set({ checksums })}
                />
              </Choices>
            </div>
          </details>
        </>
      )}
    </>
  );
}
