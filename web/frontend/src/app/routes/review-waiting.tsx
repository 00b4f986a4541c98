import { WaitingLine } from "@/features/progress/components/waiting-line";
import { TellWhenDone } from "@/features/progress/notice/tell-when-done";
import type { Coming } from "@/features/review/hooks/use-coming";
import { ComingPhotos } from "@/features/upload/components/coming-photos";
import { useSending } from "@/features/upload/uploads-context";

/** Above the groups while photos still come: how far it is, and the photos that are in no group yet. */
export function ReviewWaiting({ albumId, coming }: { albumId: string; coming: Coming }) {
  const { progress, seenAt, groups, shown } = coming;
  const sending = useSending(albumId);
  return (
    <WaitingLine
      progress={progress}
      seenAt={seenAt}
      sending={sending}
      groups={groups}
      offer={<TellWhenDone albumId={albumId} />}
    >
      {shown && <ComingPhotos albumId={albumId} shown={shown} />}
    </WaitingLine>
  );
}
