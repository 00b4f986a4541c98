import { Alert, Button, Text, Title } from "@mantine/core";

import type { PrintOptions, PrintPreview } from "@/shared/api/schema-types";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import summaryClasses from "../components/summary.module.css";

interface PrintSummaryProps {
  options: PrintOptions;
  preview: PrintPreview;
  isOutdated: boolean;
  canCreate: boolean;
  isCreating: boolean;
  another: boolean;
  error: Error | null;
  onCreate: () => void;
}

/** What will be printed, what is amiss with it, and the button to make it. */
export function PrintSummary(props: PrintSummaryProps) {
  const { options, preview, isOutdated, error } = props;
  const t = useMessages("prints");
  const zips = useMessages("downloads");
  const format = useFormat();
  const problemText = useProblemText();
  const { photo_count: count, most_photos: most, page_count: pages } = preview;
  const tooMany = count > most;
  const size = t("about", { size: format.bytes(preview.byte_size) });
  return (
    <section className={summaryClasses.summary} aria-label={zips("contents")}>
      <div className={summaryClasses.numbers} data-outdated={isOutdated} aria-live="polite">
        <Title order={2} className={summaryClasses.count}>
          {tooMany ? zips("photos", { count }) : t("pageCount", { count: pages })}
        </Title>
        {!tooMany && (
          <Text c="dimmed" size="sm" className={summaryClasses.facts}>
            {zips("photos", { count })} · {size}
          </Text>
        )}
      </div>
      {count === 0 || tooMany ? (
        <Text size="sm" className={summaryClasses.wide} role="status">
          {tooMany ? t("tooMany", { count, most }) : t("nothing")}
        </Text>
      ) : (
        <Button
          disabled={!props.canCreate}
          loading={props.isCreating}
          variant={props.another ? "default" : "filled"}
          onClick={props.onCreate}
        >
          {t(props.another ? `createAnother_${options.kind}` : `create_${options.kind}`)}
        </Button>
      )}
      {error && (
        <Alert color="red" className={summaryClasses.wide}>
          {problemText(error)}
        </Alert>
      )}
      <Text size="sm" c="dimmed" className={summaryClasses.promise}>
        {t(`promise_${options.kind}`)}
      </Text>
    </section>
  );
}
