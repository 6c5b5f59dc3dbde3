/** Two halves of a talk, and our name. The same drawing as public/favicon.svg. */
export function Wordmark() {
  return (
    <span class="wordmark">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <path
          class="wordmark-mine"
          d="M16 2C7.7 2 2 7 2 13.7c0 3.6 1.7 6.6 4.5 8.7L5.6 29l6.6-3.9c1.2.2 2.5.4 3.8.4Z"
        />
        <path
          class="wordmark-yours"
          d="M18.5 6.4c6.6.7 11.5 5 11.5 10.9 0 3-1.3 5.5-3.5 7.3l.8 5.4-5.3-3.1c-1.1.2-2.3.3-3.5.3Z"
        />
      </svg>
      Parley
    </span>
  );
}
