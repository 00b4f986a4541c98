import { Button, Text, Title } from "@mantine/core";
import { IconShare2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { isPhone } from "@/shared/files/is-phone";
import { useMessages } from "@/shared/i18n/language-context";

import { BROWSER_PORTS, canShareFiles, shareLimits } from "./browser-share";
import { OneByOne } from "./one-by-one";
import { picksQuery } from "./picks";
import { sortForSharing } from "./share-files";
import { ShareRun } from "./share-run";
import classes from "./share-section.module.css";
import { ShareSteps } from "./share-steps";

/** On a phone: the picks to the photos of the phone or to another app, without a zip. */
export function ShareSection({ albumId }: { albumId: string }) {
  return isPhone() ? <Section albumId={albumId} /> : null;
}

function Section({ albumId }: { albumId: string }) {
  const t = useMessages("downloads-share");
  const common = useMessages("common");
  const { data: photos, error, refetch } = useQuery(picksQuery(albumId));
  const [canShare] = useState(canShareFiles);
  const [run, setRun] = useState<ShareRun>();
  useEffect(() => () => run?.stop(), [run]);
  if (photos?.length === 0) return null;
  const limits = shareLimits();
  const sorted = sortForSharing(photos ?? [], limits);
  const count = sorted.files.length;
  const start = () => {
    const next = new ShareRun(sorted.files, limits, BROWSER_PORTS);
    setRun(next);
    void next.start();
  };
  return (
    <section className={classes.section} aria-labelledby="share-title">
      <Title order={2} size="h3" id="share-title">
        {t("title")}
      </Title>
      <Text c="dimmed" size="sm">
        {t("text")}
      </Text>
      {error && (
        <Text size="sm" role="alert">
          {t("notLoaded")}{" "}
          <Button variant="default" onClick={() => void refetch()}>
            {common("tryAgain")}
          </Button>
        </Text>
      )}
      {canShare && run && <ShareSteps key={count} run={run} onStop={() => setRun(undefined)} onAgain={start} />}
      {canShare && !run && (
        <Button
          size="md"
          px="sm"
          fullWidth
          classNames={{ label: classes.label ?? "" }}
          loading={!photos && !error}
          disabled={count === 0}
          leftSection={<IconShare2 size={20} stroke={1.6} />}
          onClick={start}
        >
          {t("start", { count })}
        </Button>
      )}
      {canShare && photos && (
        <Text c="dimmed" size="sm">
          {[
            count > limits.files ? t("inParts", { most: limits.files }) : "",
            sorted.copies > 0 ? t("copies", { count: sorted.copies }) : "",
            sorted.left > 0 ? t("left", { count: sorted.left }) : "",
          ]
            .filter(Boolean)
            .join(" ")}
        </Text>
      )}
      {!canShare && !isSecureContext && <Text size="sm">{t("insecure")}</Text>}
      {photos && <OneByOne photos={photos} />}
    </section>
  );
}
