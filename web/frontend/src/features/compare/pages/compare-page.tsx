import { Button, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Photo } from "@/shared/api/schema-types";
import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { toastProblem } from "@/shared/components/toast";
import { usePageTitle } from "@/shared/hooks/use-page-title";
import { useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";
import { KeysDialog } from "@/shared/keyboard/keys-dialog";
import type { Mark } from "@/shared/marks/marks";
import { panView, toggleView, zoomView } from "@/shared/zoom/pan-zoom";

import {
  choosablePhotos,
  type Compared,
  comparedPhotosQuery,
  useComparedDecision,
  type Wanted,
} from "../api/compared-photos";
import { ComparePane } from "../components/compare-pane";
import { CompareToolbar, type Tools } from "../components/compare-toolbar";
import { FaceRows } from "../components/face-rows";
import { GroupStrip } from "../components/group-strip";
import { useCompareKeys } from "../components/use-compare-keys";
import { useFaceZoom } from "../components/use-face-zoom";
import { useLinkedViews } from "../components/use-linked-views";
import { decisionOn, type Said } from "../judging/decisions";
import { relativeScores } from "../judging/relative-scores";
import { swapShown, toggleShown } from "../judging/shown-photos";
import { PhoneCompare } from "../phone/phone-compare";
import { type PhonePanes, useIsPhone, usePhonePanes } from "../phone/use-phone-panes";

import classes from "./compare-page.module.css";

const MOST = 4;
const ARROW_PIXELS = 80;
const MIDDLE = { x: 0, y: 0 };

const idsOf = (photos: readonly Photo[]) => photos.map(({ id }) => id);

interface ComparePageProps {
  albumId: string;
  wanted: Wanted;
  /** Others are to be compared: to be kept in the address. */
  onShown: (photoIds: string[]) => void;
  onClose: () => void;
}

/** Two to four shots side by side. */
export function ComparePage({ albumId, wanted, onShown, onClose }: ComparePageProps) {
  const t = useMessages("compare");
  usePageTitle(t("title"));
  const isPhone = useIsPhone();
  const { data: compared, error, refetch } = useQuery(comparedPhotosQuery(albumId, wanted));
  if (error && !compared) return <PageError error={error} onRetry={() => void refetch()} />;
  if (!compared) return <PageLoading />;
  const group = choosablePhotos(compared, wanted.photoIds);
  const ids = wanted.photoIds.length > 0 ? wanted.photoIds : idsOf(group);
  const shown = ids.flatMap((id) => group.find((photo) => photo.id === id && photo.preview_url) ?? []).slice(0, MOST);
  if (shown.length < 2) return <TooFew onClose={onClose} />;
  const table = { albumId, compared, group, shown, onShown, onClose };
  return isPhone ? <PhoneTable {...table} /> : <Table {...table} />;
}

/** On a phone, what is shown is not kept in the address. */
function PhoneTable(props: TableProps) {
  const panes = usePhonePanes(props.group, props.shown);
  return <Table {...props} shown={panes.shown} onShown={panes.show} phone={{ panes, wanted: props.shown }} />;
}

function TooFew({ onClose }: { onClose: () => void }) {
  const t = useMessages("compare");
  return (
    <Stack align="center" justify="center" mih="60vh" p="xl" ta="center">
      <Title order={1} size="h2">
        {t("tooFew")}
      </Title>
      <Text c="dimmed">{t("tooFewText")}</Text>
      <Button onClick={onClose}>{t("back")}</Button>
    </Stack>
  );
}

interface TableProps extends Pick<ComparePageProps, "albumId" | "onShown" | "onClose"> {
  compared: Compared;
  group: readonly Photo[];
  shown: readonly Photo[];
  phone?: { panes: PhonePanes; wanted: readonly Photo[] };
}

function Table({ albumId, compared, group, shown, phone, onShown, onClose }: TableProps) {
  const problemText = useProblemText();
  const [tools, setTools] = useState<Tools>({ linked: true, faces: false, scores: !phone, histogram: false });
  const [chosen, setChosen] = useState<string>();
  const [keysOpened, setKeysOpened] = useState(false);
  const views = useLinkedViews(tools.linked);
  const { decision, marking, undo, redo } = useComparedDecision(albumId);

  const ids = idsOf(shown);
  const active = shown.find((photo) => photo.id === chosen) ?? shown[0];
  const scores = tools.scores && !phone ? relativeScores(shown) : [];
  const toggle = (tool: keyof Tools) => setTools((before) => ({ ...before, [tool]: !before[tool] }));
  const choosable = group.filter((photo) => photo.preview_url);
  const onError = (error: Error) => toastProblem(problemText(error));
  const undoLast = () => undo.mutate(undefined, { onError });
  const say = (said: Said, photo = active) => {
    const decided =
      photo &&
      decisionOn(
        said,
        photo,
        compared.groups.find(({ id }) => id === photo.cluster_id),
      );
    if (decided) decision.mutate(decided, { onError });
  };
  const give = (mark: Mark, photo = active) => {
    if (photo) marking.mutate({ photoId: photo.id, ...mark }, { onError });
  };
  const swap = (step: 1 | -1) => {
    const swapped = active && swapShown(idsOf(choosable), ids, active.id, step);
    if (!swapped) return;
    views.take(active.id, swapped.chosen);
    setChosen(swapped.chosen);
    onShown(swapped.shown);
  };
  const change = (apply: Parameters<typeof views.change>[2]) => {
    if (active) views.change(active.id, ids, apply);
  };
  const faces = useFaceZoom(shown, active, views, tools.linked);
  const zoom = (factor: number) => {
    if (factor > 1 && faces.first()) return;
    change((view, frame) => zoomView(view, frame, view.zoom * factor, MIDDLE, devicePixelRatio));
  };
  const actualSize = () => {
    if (!faces.first({ toPixels: true })) change((view, frame) => toggleView(view, frame, MIDDLE, devicePixelRatio));
  };

  const choose = (place: number) => {
    const id = ids[place] ?? null;
    if (id !== null) setChosen(id);
    return id;
  };
  const chooseNext = (step: number) => {
    if (active) choose((ids.indexOf(active.id) + step + ids.length) % ids.length);
  };
  useCompareKeys({
    choose,
    chooseNext,
    arrow: (x, y) => {
      if (!active) return;
      if (!tools.faces && views.viewOf(active.id).zoom > 1) {
        const by = { x: -x * ARROW_PIXELS, y: -y * ARROW_PIXELS };
        change((view, frame) => panView(view, frame, by, devicePixelRatio));
      } else chooseNext(x + y);
    },
    say: (said, id) =>
      say(
        said,
        shown.find((photo) => photo.id === id),
      ),
    mark: (mark) => give("label" in mark && mark.label === active?.label ? { label: "" } : mark),
    swap,
    undo: undoLast,
    redo: () => redo.mutate(undefined, { onError }),
    zoom,
    actualSize,
    whole: views.reset,
    toggle,
    help: () => setKeysOpened(true),
    close: onClose,
  });

  const keysDialog = <KeysDialog page="compare" opened={keysOpened} onClose={() => setKeysOpened(false)} />;
  if (phone) {
    return (
      <>
        <PhoneCompare
          panes={phone.panes}
          wanted={phone.wanted}
          active={active}
          views={views}
          faces={faces}
          tools={tools}
          onToggle={toggle}
          onView={(photoId, apply) => views.change(photoId, ids, apply)}
          onChosen={setChosen}
          onSay={say}
          onUndo={undoLast}
          onWhole={views.reset}
          onClose={onClose}
        />
        {keysDialog}
      </>
    );
  }
  return (
    <div className={classes.page}>
      <CompareToolbar
        tools={tools}
        onToggle={toggle}
        onZoom={zoom}
        onWhole={views.reset}
        onOnly={() => say("only")}
        onUndo={undoLast}
        onKeys={() => setKeysOpened(true)}
        onClose={onClose}
      />
      {tools.faces ? (
        <FaceRows photos={shown} onKeep={(photo) => say("keep", photo)} />
      ) : (
        <div className={classes.panes} data-count={shown.length}>
          {shown.map((photo, index) => (
            <ComparePane
              key={photo.id}
              photo={photo}
              place={index + 1}
              total={shown.length}
              namesFolder={shown.some(({ folder }) => folder !== photo.folder)}
              active={photo.id === active?.id}
              views={views}
              faces={faces}
              onView={(apply) => views.change(photo.id, ids, apply)}
              onChosen={() => setChosen(photo.id)}
              onSay={(said) => say(said, photo)}
              onMark={(mark) => give(mark, photo)}
              scores={scores[index] ?? null}
              showHistogram={tools.histogram}
            />
          ))}
        </div>
      )}
      {group.length > 2 && (
        <GroupStrip
          photos={choosable}
          shown={ids}
          onToggle={(id) => {
            const next = toggleShown(ids, id, active?.id, MOST);
            if (active && !next.includes(active.id)) views.take(active.id, id);
            setChosen(next.includes(id) ? id : undefined);
            onShown(next);
          }}
        />
      )}
      {keysDialog}
    </div>
  );
}
