/** Three photos of a moment, the best in front. Also the icon: see public/icons/icon.svg. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect x="3" y="9" width="15" height="17" rx="3" fill="#74c4c5" transform="rotate(-9 10 17)" />
      <rect x="14" y="8" width="15" height="17" rx="3" fill="#38a8aa" transform="rotate(9 22 16)" />
      <rect x="8" y="6" width="16" height="19" rx="3" fill="#12797b" />
      <path
        d="m11.6 15.6 3.1 3.2 5.8-6.4"
        fill="none"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
