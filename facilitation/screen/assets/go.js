// Leads the browser to an address of our own server.
export default function ({ data }) {
  window.location.assign(new URL(data.to, window.location.origin));
}
