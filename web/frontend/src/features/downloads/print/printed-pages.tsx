import { Text } from "@mantine/core";

import type { PrintPage, PrintPreview } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import { PrintedPage } from "./printed-page";
import classes from "./printed-pages.module.css";

interface PrintedPagesProps {
  preview: PrintPreview;
  isBook: boolean;
  isOutdated: boolean;
}

/** The first pages: of a book the cover, and then what lies open at once. */
export function PrintedPages({ preview, isBook, isOutdated }: PrintedPagesProps) {
  const t = useMessages("prints");
  const { pages, page_count: count, width, height } = preview;
  const left = count - pages.length;
  const labelOf = (number: number) => {
    if (isBook && number === 1) return t("cover");
    return isBook && number === count ? t("lastPage") : t("page", { number });
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways on a phone, by the arrow keys too
    <section className={classes.pages} aria-label={t("pages")} data-outdated={isOutdated} tabIndex={0}>
      {opened(pages, isBook).map((together) => (
        <div key={together[0]?.number} className={classes.opened} data-alone={isBook && together.length === 1}>
          {together.map(({ page, number }) => (
            <PrintedPage key={number} page={page} width={width} height={height} label={labelOf(number)} />
          ))}
        </div>
      ))}
      {left > 0 && (
        <Text size="sm" c="dimmed" className={classes.more}>
          {t("morePages", { count: left })}
        </Text>
      )}
    </section>
  );
}

interface NumberedPage {
  page: PrintPage;
  number: number;
}

/** The pages that lie open together: page 1 is the cover, and 2 and 3 are the first to face each other. */
function opened(pages: readonly PrintPage[], isBook: boolean): NumberedPage[][] {
  const numbered = pages.map((page, index) => ({ page, number: index + 1 }));
  if (!isBook) return numbered.map((page) => [page]);
  const pairs: NumberedPage[][] = [];
  for (const page of numbered) {
    const last = pairs.at(-1);
    if (page.number % 2 === 1 && last && page.number > 1) last.push(page);
    else pairs.push([page]);
  }
  return pairs;
}
