// Before the first paint, so that nobody who chose dark is flashed at. A file of its own: our CSP allows no inline script.
document.documentElement.dataset.theme = localStorage.getItem("parley:theme") ?? "auto";
