import { type ReactNode, useState } from "react";

import type { ExportOptions, ExportPreview } from "@/shared/api/schema-types";
import { Choice, Choices, Radios } from "@/shared/components/choice";
import { useFormat, useMessages } from "@/shared/i18n/language-context";

import { hasRareOptions, JPEG_SIZES, LAYOUTS, PART_SIZES, RATINGS, SETS } from "../model/export-options";

import { NamePattern } from "./name-pattern";
import classes from "./options-form.module.css";
import { SelectionChoices } from "./selection-choices";

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
  const folders = preview?.uploaded_folder_count ?? 0;
  const layoutText = {
    flat: undefined,
    days: t("layoutText_days"),
    folders: t("layoutText_folders"),
    source: t("layoutText_source", { count: folders }),
  };
  const set = (change: Partial<ExportOptions>) => onChange({ ...options, ...change });
  // Ratings alone are of all photos, with the names and folders of the upload.
  const hasPhotos = options.ratings !== "only";
  return (
    <>
      {hasPhotos && (
        <>
          <SelectionChoices
            options={options}
            preview={preview}
            onChange={set}
            text={(selection) => t(`selectionText_${selection}`)}
          />
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
      <AlsoChoices options={options} onChange={set} />
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
          <RareChoices options={options} onChange={set} preview={preview} patternError={patternError} />
        </>
      )}
    </>
  );
}

interface PartProps {
  options: ExportOptions;
  onChange: (change: Partial<ExportOptions>) => void;
}

/** What comes with the photos. */
function AlsoChoices({ options, onChange }: PartProps) {
  const t = useMessages("downloads");
  return (
    <Choices legend={t("also")}>
      {options.ratings !== "only" && (
        <Choice
          type="checkbox"
          name="gallery"
          label={t("gallery")}
          text={t("galleryText")}
          checked={options.gallery}
          onChange={(gallery) => onChange({ gallery })}
        />
      )}
      <Choice
        type="checkbox"
        name="with-ratings"
        label={t("ratings")}
        text={t("ratingsText")}
        checked={options.ratings !== "none"}
        onChange={(isWanted) => onChange({ ratings: isWanted ? RATINGS[0] : "none" })}
      />
      {options.ratings !== "none" && (
        <div className={classes.inside}>
          <Radios
            name="ratings"
            values={RATINGS}
            chosen={options.ratings}
            label={(value) => t(`ratings_${value}`)}
            text={(value) => t(`ratingsText_${value}`)}
            onChoose={(value) => onChange({ ratings: value })}
          />
          <Choice
            type="checkbox"
            name="moments"
            label={t("moments")}
            text={t("momentsText")}
            checked={options.moments}
            onChange={(moments) => onChange({ moments })}
          />
        </div>
      )}
    </Choices>
  );
}

/** What few people need, folded unless they have chosen some of it. */
function RareChoices({ options, onChange, preview, patternError }: PartProps & Omit<OptionsFormProps, "onChange">) {
  const t = useMessages("downloads");
  const format = useFormat();
  const [hadRare] = useState(() => hasRareOptions(options));
  const hasSets = preview?.has_photo_sets === true || options.sets !== "selected";
  return (
    <details className={classes.more} open={hadRare}>
      <summary>{t("moreChoices")}</summary>
      <div className={classes.rare}>
        <NamePattern
          pattern={options.name_pattern}
          onChange={(pattern) => onChange({ name_pattern: pattern })}
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
              onChoose={(value) => onChange({ sets: value })}
            />
          </Choices>
        )}
        <Choices legend={t("zips")}>
          <Radios
            name="zips"
            values={PART_SIZES}
            chosen={options.part_gigabytes}
            label={(size) => (size === 0 ? t("oneZip") : t("zipsOfAtMost", { size: format.bytes(size * 1e9) }))}
            onChoose={(size) => onChange({ part_gigabytes: size })}
          />
          <Choice
            type="checkbox"
            name="checksums"
            label={t("checksums")}
            text={t("checksumsText")}
            checked={options.checksums}
            onChange={(checksums) => onChange({ checksums })}
          />
        </Choices>
      </div>
    </details>
  );
}
