import classes from "./moment-picture.module.css";

interface ShotProps {
  x: number;
  y: number;
  width: number;
  /** Where the three people stand, from the left of a shot of 120 by 90. */
  people: readonly [number, number, number];
  tilt?: number;
  isBest?: boolean;
}

const COLOURS = ["#c8553d", "#2f6690", "#e0a43b"] as const;

/** Three shots of one moment, of which the best is picked: what the service does, drawn. */
export function MomentPicture() {
  return (
    <svg className={classes.picture} viewBox="0 0 300 196" aria-hidden="true" focusable="false">
      <Shot x={4} y={6} width={190} people={[36, 60, 84]} isBest />
      <Shot x={206} y={6} width={90} people={[36, 60, 124]} />
      <Shot x={206} y={81} width={90} people={[30, 52, 76]} tilt={-9} />
      <text className={classes.time} x={4} y={176}>
        09:41
      </text>
      <rect className={classes.line} x={52} y={167} width={90} height={8} rx={4} />
      <rect className={classes.line} x={4} y={184} width={138} height={8} rx={4} opacity={0.6} />
    </svg>
  );
}

function Shot({ x, y, width, people, tilt = 0, isBest = false }: ShotProps) {
  const scale = width / 120;
  return (
    <g transform={`translate(${x} ${y}) scale(${scale})`} className={isBest ? undefined : classes.other}>
      <svg width={120} height={90} viewBox="0 0 120 90" overflow="hidden">
        <g transform={`rotate(${tilt} 60 45)`}>
          <rect x={-20} y={-20} width={160} height={130} fill="#bfe0e6" />
          <circle cx={95} cy={20} r={9} fill="#fbe7b2" />
          <path d="M-20 58 18 24l22 22 18-15 38 34h44v50H-20Z" fill="#6fa3ae" />
          <path d="M-20 64c30-14 60-10 90-2s45 4 70-4v60H-20Z" fill="#4c8d72" />
          <path d="M-20 76c40-8 110-8 160 0v40H-20Z" fill="#7fae62" />
          {people.map((left, index) => (
            <g key={COLOURS[index]} transform={`translate(${left} 0)`}>
              <path d="M-9 92V71a9 9 0 0 1 18 0v21Z" fill={COLOURS[index]} />
              <circle cy={54} r={7.5} fill="#e9bd9b" />
              <path d="M-7.6 54a7.6 7.6 0 0 1 15.2 0c-4-4-11-4-15.2 0Z" fill="#4a332a" />
            </g>
          ))}
        </g>
      </svg>
      <rect className={classes.frame} x={-1} y={-1} width={122} height={92} rx={6} />
      {isBest && (
        <g transform="translate(106 76)">
          <circle r={9} fill="#12797b" stroke="#fff" strokeWidth={1.6} />
          <path d="m-4 .4 2.8 2.9 5.2-5.8" fill="none" stroke="#fff" strokeWidth={2} strokeLinecap="round" />
        </g>
      )}
    </g>
  );
}
