/**
 * Where the edge answers for one function's health, by the name of its Knative Service (`list-rooms`): `GET`, exactly
 * this path, handed to that function as its own `/healthz`. It touches no need and tells nothing, so anybody may ask;
 * whoever asks wakes the function. The local gateway, the edge's routes and the web client take the path from here.
 */
export const wakePath = (name: string): string => `/healthz/${name}`;
