import { Alert, Button, Group, Text, Title } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";

import { Problem } from "@/shared/api/problem";
import type { SharedDetails, SharedPhoto } from "@/shared/api/schema-types";
import { PageLoading } from "@/shared/components/page-loading";
import { SaidBar } from "@/shared/components/said-bar";
import { useSaid } from "@/shared/hooks/use-said";
import { useWayBack } from "@/shared/hooks/use-way-back";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";
import { enterFullScreen } from "@/shared/slideshow/full-screen";

import { useChoices } from "../api/choices";
import { photosQuery, sharedQuery, useFinish } from "../api/shared-album";
import { ChoiceBar } from "../components/choice-bar";
import { GuestName } from "../components/guest-name";
import { GuestSlideshow } from "../components/guest-slideshow";
import { Invitation } from "../components/invitation";
import { LargeView } from "../components/large-view";
import { PhotoGrid } from "../components/photo-grid";

import classes from "./shared-photos.module.css";

/** The photos of a link, and what the guest may do with them. */
export function SharedPhotos({ token, shared }: { token: string; shared: SharedDetails }) {
  const t = useMessages("guest");
  const common = useMessages("common");
  const slideshow = useMessages("slideshow");
  const format = useFormat();
  const problemText = useProblemText();
  const client = useQueryClient();
  const { said, say, endSaid } = useSaid();
  const [openId, setOpenId] = useState<string | null>(null);
  /** The photos of the slideshow, as they were when it began; null while there is none. */
  const [playing, setPlaying] = useState<readonly SharedPhoto[] | null>(null);
  const lastPlayed = useRef<string | null>(null);
  const [onlyMine, setOnlyMine] = useState(false);
  const [isNaming, setNaming] = useState(false);
  const { photos, isPending, error, retry } = usePhotos(token);
  const { role, me, wanted_count: wanted } = shared;
  const canChoose = role === "heart" || role === "choose";
  const counted =
    role === "heart"
      ? t("hearts", { count: me.choice_count })
      : wanted === null
        ? t("chosenCount", { count: me.choice_count })
        : t("chosenOf", { number: me.choice_count, count: wanted });

  const refuse = (refusal: Error) => {
    const isEnough = refusal instanceof Problem && refusal.code === "enough_chosen";
    say(isEnough ? t("enough", { count: wanted ?? me.choice_count }) : problemText(refusal), false);
  };
  const { choose, unsent } = useChoices(token, !isPending, refuse);
  const finish = useFinish(token);
  const onChoose = (photo: SharedPhoto, isChosen: boolean) => {
    if (isChosen && role === "choose" && wanted !== null && me.choice_count >= wanted) {
      say(t("enough", { count: wanted }), false);
      return;
    }
    choose({ photoId: photo.id, isChosen });
    if (isChosen && me.choice_count === 0 && me.name === "") setNaming(true);
  };
  // The link may have been revoked while the page was open.
  const onMissing = useCallback(
    () => void client.invalidateQueries({ queryKey: sharedQuery(token).queryKey, exact: true }),
    [client, token],
  );
  const close = () => {
    // The photo that it closes at gets the focus, which may be another than the one that it opened from.
    const shot = document.querySelector<HTMLElement>(`[data-shot="${openId ?? lastPlayed.current ?? ""}"]`);
    setOpenId(null);
    setPlaying(null);
    requestAnimationFrame(() => shot?.focus());
  };
  const { enter, leave } = useWayBack(close, openId !== null || playing !== null);
  const open = (photoId: string) => {
    enter();
    setOpenId(photoId);
  };
  const play = () => {
    void enterFullScreen();
    lastPlayed.current = null;
    enter();
    setPlaying(shown);
  };

  const shown = onlyMine ? photos.filter(({ id, chosen }) => chosen || id === openId) : photos;
  const saidBar = <SaidBar said={said} onUndo={endSaid} onOver={endSaid} />;
  return (
    <main className={classes.page}>
      <header>
        <Title order={1} className={classes.name}>
          {shared.album_name}
        </Title>
        <Group gap="4px 12px">
          <Text c="dimmed">
            {[
              t("photos", { count: shared.photo_count }),
              shared.ends_at ? t("endsOn", { date: format.dateTime(shared.ends_at) }) : "",
            ]
              .filter(Boolean)
              .join(" · ")}
          </Text>
          {shown.length > 1 && (
            <Button
              variant="subtle"
              className={classes.play}
              leftSection={<IconPlayerPlay size={18} stroke={1.6} aria-hidden />}
              onClick={play}
            >
              {slideshow("title")}
            </Button>
          )}
        </Group>
        {canChoose && (
          <p className={classes.task}>
            {role === "heart" ? t("taskHeart") : wanted === null ? t("taskAny") : t("taskChoose", { count: wanted })}
            <Button variant="subtle" className={classes.rename} onClick={() => setNaming(true)}>
              {me.name ? t("named", { name: me.name }) : t("nameSay")}
            </Button>
          </p>
        )}
      </header>
      {shared.invited_by && <Invitation token={token} owner={shared.invited_by} />}
      {isPending ? (
        <PageLoading />
      ) : shown.length > 0 ? (
        <PhotoGrid role={role} photos={shown} onOpen={open} onChoose={onChoose} onMissing={onMissing} />
      ) : (
        !error && (
          <div className={classes.empty}>
            <Title order={2} size="h3">
              {onlyMine ? t("noneMine") : t("emptyTitle")}
            </Title>
            {!onlyMine && <Text c="dimmed">{t("emptyText")}</Text>}
          </div>
        )
      )}
      {error && (
        <Alert color="red" mt="md" className={classes.error}>
          {problemText(error)}{" "}
          <Button size="compact-md" variant="default" onClick={retry}>
            {common("tryAgain")}
          </Button>
        </Alert>
      )}
      {openId === null && <div className={classes.said}>{saidBar}</div>}
      {canChoose && (
        <ChoiceBar
          shared={shared}
          counted={counted}
          unsent={unsent}
          onlyMine={onlyMine}
          isFinishing={finish.isPending}
          onOnlyMine={setOnlyMine}
          onFinish={() => finish.mutate(undefined, { onSuccess: () => say(t("thanks"), false), onError: refuse })}
        />
      )}
      <LargeView
        shared={shared}
        photos={shown}
        photoId={openId}
        isCovered={isNaming}
        counted={counted}
        said={saidBar}
        onShow={setOpenId}
        onClose={leave}
        onChoose={onChoose}
        onMissing={onMissing}
      />
      <GuestSlideshow
        photos={playing}
        onClose={(lastId) => {
          lastPlayed.current = lastId;
          leave();
        }}
      />
      <GuestName token={token} opened={isNaming} initial={me.name} onClose={() => setNaming(false)} />
    </main>
  );
}

/** All photos of the link: the first page, and then one after the other. */
function usePhotos(token: string) {
  const { data, error, isPending, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery(
    photosQuery(token),
  );
  useEffect(() => {
    if (hasNextPage && !isFetching && !error) void fetchNextPage();
  }, [hasNextPage, isFetching, error, fetchNextPage]);
  return {
    photos: data?.pages.flatMap((page) => page.results) ?? [],
    isPending,
    error,
    retry: () => void (data ? fetchNextPage() : refetch()),
  };
}
