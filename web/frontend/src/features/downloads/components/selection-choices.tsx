import type { ExportOptions, ExportPreview, PrintPreview } from "@/shared/api/schema-types";
import { Choices, Radios } from "@/shared/components/choice";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { StarsRow } from "@/shared/marks/mark-rows";

import { SELECTIONS } from "../model/export-options";

import classes from "./options-form.module.css";

type Selected = Pick<ExportOptions, "selection" | "min_stars">;

interface SelectionChoicesProps {
  options: Selected;
  preview: ExportPreview | PrintPreview | undefined;
  onChange: (change: Partial<Selected>) => void;
  /** What each selection is, in words. */
  text?: (selection: Exclude<Selected["selection"], "stars">) => string;
}

/** Which photos of the album, with how many there are. Stars are offered once a photo has some. */
export function SelectionChoices({ options, preview, onChange, text }: SelectionChoicesProps) {
  const t = useMessages("downloads");
  const marks = useMessages("marks");
  const format = useFormat();
  // During an upgrade, the answer may be of the previous version.
  const { star_counts: starCounts }: Partial<ExportPreview> = preview ?? {};
  const isStarred = options.selection === "stars" || (preview?.selection_counts.stars ?? 0) > 0;
  const countOf = (selection: Selected["selection"]) =>
    selection === "stars" ? (starCounts?.[options.min_stars - 1] ?? 0) : preview?.selection_counts[selection];
  return (
    <Choices legend={t("selection")}>
      <Radios
        name="selection"
        values={SELECTIONS.filter((selection) => selection !== "stars" || isStarred)}
        chosen={options.selection}
        label={(selection) => t(`selection_${selection}`)}
        text={(selection) =>
          selection === "stars" ? marks("atLeast", { count: options.min_stars }) : text?.(selection)
        }
        end={(selection) => preview && format.number(countOf(selection) ?? 0)}
        onChoose={(selection) => onChange({ selection })}
      />
      {options.selection === "stars" && (
        <div className={classes.inside}>
          <StarsRow stars={options.min_stars} onStars={(stars) => onChange({ min_stars: stars })} isLeast />
        </div>
      )}
    </Choices>
  );
}
