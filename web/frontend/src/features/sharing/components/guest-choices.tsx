import { Alert, Button, Text } from "@mantine/core";
import { IconCheck, IconHeartFilled, IconUsers } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ChosenPhoto, Share, ShareGuest, ShareRole } from "@/shared/api/schema-types";
import { SaidBar } from "@/shared/components/said-bar";
import { useSaid } from "@/shared/hooks/use-said";
import { useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { choicesQuery, guestsQuery, useTakeOver } from "../api/shares";

import classes from "./guest-choices.module.css";
import { RemoveGuest } from "./remove-guest";

interface GuestChoicesProps {
  albumId: string;
  share: Share;
  title: string;
}

/** What guests chose, opened by a button that says how much it is. */
export function GuestChoices(props: GuestChoicesProps) {
  const t = useMessages("sharing");
  const { guest_count: people = 0, chosen_count: count = 0 } = props.share;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="light"
        aria-expanded={isOpen}
        className={classes.opener}
        leftSection={<IconUsers size={18} stroke={1.6} aria-hidden />}
        onClick={() => setOpen(!isOpen)}
      >
        {t("choicesOf", { count: people, photos: t("photos", { count }) })}
      </Button>
      {isOpen && <Open {...props} />}
    </>
  );
}

function Open({ albumId, share, title }: GuestChoicesProps) {
  const t = useMessages("sharing");
  const common = useMessages("common");
  const problemText = useProblemText();
  const guests = useQuery(guestsQuery(share.id));
  const choices = useInfiniteQuery(choicesQuery(share.id));
  const { takeOver, undo } = useTakeOver(albumId, share.id);
  const { said, say, endSaid } = useSaid();
  /** Null means everybody, also those who come later. */
  const [only, setOnly] = useState<string | null>(null);
  const photos = choices.data?.pages.flatMap((page) => page.results) ?? [];
  const shown = only === null ? photos : photos.filter((photo) => photo.guests.some(({ id }) => id === only));
  const guest = guests.data?.find(({ id }) => id === only);
  const count = only === null ? (share.chosen_count ?? 0) : (guest?.choice_count ?? 0);
  const areAllKept = !choices.hasNextPage && shown.length > 0 && shown.every(({ decision }) => decision === "keep");
  const error = guests.error ?? choices.error ?? takeOver.error ?? undo.error;
  const take = () =>
    takeOver.mutate(only === null ? null : [only], {
      onSuccess: ({ taken_over: taken, already_kept: kept, rejected, change }) => {
        const words = [
          t("taken", { count: taken }),
          kept > 0 ? t("takenBefore", { count: kept }) : "",
          rejected > 0 ? t("takenRejected", { count: rejected }) : "",
        ];
        say(words.filter(Boolean).join(" "), change !== null);
      },
    });
  return (
    <section className={classes.choices} aria-label={t("choicesAt", { name: title })}>
      <div className={classes.guests} role="group" aria-label={t("whose")}>
        <GuestChip isPressed={only === null} onPress={() => setOnly(null)}>
          {t("everybody")}
        </GuestChip>
        {guests.data?.map((each) => (
          <GuestChip key={each.id} isPressed={only === each.id} onPress={() => setOnly(each.id)}>
            <GuestWords guest={each} />
          </GuestChip>
        ))}
      </div>
      {error && <Alert color="red">{problemText(error)}</Alert>}
      {guest && <RemoveGuest albumId={albumId} shareId={share.id} guest={guest} onRemoved={() => setOnly(null)} />}
      <ul className={classes.photos}>
        {shown.map((photo) => (
          <Chosen key={photo.id} role={share.role} photo={photo} isOfOne={only !== null} />
        ))}
      </ul>
      {choices.hasNextPage && (
        <Button variant="default" loading={choices.isFetchingNextPage} onClick={() => void choices.fetchNextPage()}>
          {common("showMore")}
        </Button>
      )}
      {areAllKept && (
        <Text size="sm" c="dimmed">
          {t("allKept")}
        </Text>
      )}
      {count > 0 && !areAllKept && (
        <div className={classes.take}>
          <Button loading={takeOver.isPending} onClick={take}>
            {t("takeOver", { count })}
          </Button>
          <Text size="sm" c="dimmed">
            {t("takeOverText")}
          </Text>
        </div>
      )}
      <div className={classes.said}>
        <SaidBar
          said={said}
          onOver={endSaid}
          onUndo={() => undo.mutate(undefined, { onSuccess: () => say(t("takenBack"), false) })}
        />
      </div>
    </section>
  );
}

interface GuestChipProps {
  isPressed: boolean;
  onPress: () => void;
  children: React.ReactNode;
}

function GuestChip({ isPressed, onPress, children }: GuestChipProps) {
  return (
    <button type="button" className={classes.guest} aria-pressed={isPressed} onClick={onPress}>
      {children}
    </button>
  );
}

function GuestWords({ guest }: { guest: ShareGuest }) {
  const t = useMessages("sharing");
  return (
    <>
      {guest.name || t("unnamed")}
      <span className={classes.count}>{guest.choice_count}</span>
      {guest.finished_at && (
        <span className={classes.finished}>
          <IconCheck size={16} stroke={2.4} aria-hidden />
          {t("finished")}
        </span>
      )}
    </>
  );
}

interface ChosenProps {
  role: ShareRole;
  photo: ChosenPhoto;
  /** It is known who chose it. */
  isOfOne: boolean;
}

function Chosen({ role, photo, isOfOne }: ChosenProps) {
  const t = useMessages("sharing");
  const names = photo.guests.map(({ name }) => name || t("unnamed")).join(", ");
  const state = photo.decision === "keep" ? t("kept") : photo.decision === "reject" ? t("rejected") : "";
  return (
    <li className={classes.photo} data-decision={photo.decision} title={names}>
      <a href={photo.preview_url} target="_blank" rel="noreferrer">
        <img
          src={photo.thumbnail_url}
          alt={[photo.name, t("chosenBy", { names }), state].filter(Boolean).join(", ")}
          loading="lazy"
          style={photo.placeholder ? { backgroundImage: `url("${photo.placeholder}")` } : undefined}
        />
      </a>
      {!isOfOne && (
        <span className={classes.hearts} aria-hidden>
          {role === "heart" ? <IconHeartFilled size={14} /> : <IconCheck size={14} stroke={3} />}
          {photo.guests.length}
        </span>
      )}
      {state && (
        <span className={classes.state} aria-hidden>
          {state}
        </span>
      )}
    </li>
  );
}
