import { Alert, Button, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import type { ExportOptions, ExportPreview } from "@/shared/api/schema-types";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import classes from "./summary.module.css";

const SHELF = ["black", "white", "blurred", "empty"] as const;

const NOTHING = {
  picks: "nothingPickedText",
  kept: "noneKept",
  all: "nothingPickedText",
  stars: "noneStarred",
} as const;

interface SummaryProps {
  albumId: string;
  options: ExportOptions;
  preview: ExportPreview;
  /** The numbers are still those of the previous options. */
  isOutdated: boolean;
  canCreate: boolean;
  isCreating: boolean;
  another: boolean;
  error: Error | null;
  onCreate: () => void;
}

function promiseOf({ ratings, location, jpeg_size: size }: ExportOptions) {
  if (ratings === "only") return "onlyRatings";
  if (size > 0) return location === "strip" ? "smallerStripped" : "smaller";
  if (location === "strip") return "stripped";
  if (ratings === "embedded") return "marked";
  // A sidecar that was uploaded is written into, so only the photos are as they came.
  return ratings === "sidecars" ? "beside" : "originals";
}

/** During an upgrade, the answer may be of the previous version. */
function shapeOf({ is_estimate: isEstimate = false, part_count: parts = 1 }: Partial<ExportPreview>) {
  return { isEstimate, parts };
}

/** What the zip would contain, with the button to make it. */
export function Summary(props: SummaryProps) {
  const { preview, options } = props;
  const t = useMessages("downloads");
  const format = useFormat();
  const problemText = useProblemText();
  const { photo_count: count, cluster_count: groups, single_count: singles, folder_count: folders } = preview;
  const { isEstimate, parts } = shapeOf(preview);
  const bytes = format.bytes(preview.byte_size);
  const size = isEstimate ? t("about", { size: bytes }) : bytes;
  const isOnlyRatings = options.ratings === "only";
  const facts = [
    groups > 0 ? t("fromGroups", { count: groups }) : null,
    singles > 0 ? t("fromSingles", { count: singles }) : null,
    folders > 0 ? t("inFolders", { count: folders }) : null,
    parts > 1 ? t("inZips", { count: parts }) : null,
    preview.file_count > count ? t("filesInAll", { count: preview.file_count }) : null,
  ].filter((fact) => fact !== null);
  const shelved = SHELF.flatMap((reason) => {
    const left = preview.shelved_counts[reason] ?? 0;
    return left > 0 ? [t(`leftOut_${reason}`, { count: left })] : [];
  });
  return (
    <section className={classes.summary} aria-label={t("contents")}>
      <div className={classes.numbers} data-outdated={props.isOutdated} aria-live="polite">
        <Title order={2} className={classes.count}>
          {isOnlyRatings ? t("ratingsOf", { count }) : t("photos", { count })}
          {count > 0 && !isOnlyRatings && <span className={classes.size}>{size}</span>}
        </Title>
        <Text c="dimmed" size="sm" className={classes.facts}>
          {facts.join(" · ")}
        </Text>
      </div>
      {count === 0 && !props.isOutdated ? (
        <Text size="sm" className={classes.wide}>
          {t(NOTHING[options.selection])}{" "}
          <Link to="/albums/$albumId/review" params={{ albumId: props.albumId }} className={classes.link}>
            {t("toReview")}
          </Link>
        </Text>
      ) : (
        <Button
          className={classes.button}
          loading={props.isCreating}
          disabled={!props.canCreate}
          variant={props.another ? "default" : "filled"}
          onClick={props.onCreate}
        >
          {props.another ? t("createAnother") : t("create")}
        </Button>
      )}
      {shelved.length > 0 && options.selection === "picks" && !isOnlyRatings && (
        <Text size="sm" c="dimmed" className={classes.wide}>
          {t("leftOut", { reasons: shelved.join(", ") })}{" "}
          <Link
            to="/albums/$albumId/review"
            params={{ albumId: props.albumId }}
            search={{ view: "shelf" }}
            className={classes.link}
          >
            {t("lookAtThem")}
          </Link>
        </Text>
      )}
      {preview.left_out_count > 0 && options.selection === "picks" && !isOnlyRatings && (
        <Text size="sm" c="dimmed" className={classes.wide}>
          {t("leftOutByNumber", { count: preview.left_out_count })}{" "}
          <Link
            to="/albums/$albumId/review"
            params={{ albumId: props.albumId }}
            search={{ view: "left-out" }}
            className={classes.link}
          >
            {t("lookAtThem")}
          </Link>
        </Text>
      )}
      {props.error && (
        <Alert color="red" className={classes.wide}>
          {problemText(props.error)}
        </Alert>
      )}
      <Text size="sm" c="dimmed" className={classes.promise}>
        {t(promiseOf(options))}
      </Text>
    </section>
  );
}
