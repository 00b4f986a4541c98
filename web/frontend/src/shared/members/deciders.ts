import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, useMemo } from "react";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import { hasOthers, membersQuery, type SharedAlbum } from "./members";

/** Whose the decisions in an album are. */
export interface Deciders {
  /** False for those who edit the album of somebody else. */
  readonly isOwner: boolean;
  /** The membership by which the signed-in person edits the album; null for its owner. */
  readonly mine: string | null;
  /** Whose decision about a photo it is; empty for one's own, and where there is none. */
  readonly decidedBy: (photo: Pick<TimelinePhoto, "decision" | "decided_by">) => string;
  /** What to call the member of this id, or the owner. */
  readonly nameOf: (memberId: string | null) => string;
}

const ALONE: Deciders = { isOwner: true, mine: null, decidedBy: () => "", nameOf: () => "" };

export const DecidersContext = createContext<Deciders>(ALONE);

export function useDeciders(): Deciders {
  return useContext(DecidersContext);
}

export function useDecidersOf(album: SharedAlbum): Deciders {
  const t = useMessages("members");
  const { data } = useQuery({ ...membersQuery(album.id), enabled: hasOthers(album) });
  const { is_own: isOwner, owner } = album;
  const areKnown = data !== undefined || !hasOthers(album);
  const gone = t("goneInside");
  return useMemo(() => {
    const members = data?.members ?? [];
    const mine = isOwner ? null : (members.find((member) => member.is_you)?.id ?? null);
    const nameOf = (memberId: string | null) =>
      memberId === null ? owner : (members.find(({ id }) => id === memberId)?.address ?? gone);
    return {
      isOwner,
      mine,
      nameOf,
      decidedBy: ({ decision, decided_by: by = null }) =>
        decision === "auto" || !areKnown || by === mine ? "" : nameOf(by),
    };
  }, [data, isOwner, owner, areKnown, gone]);
}
