// What cannot wait for the scripts of the page: its colours, its styles, and the texts of its language.
(function () {
  function kept(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      // Storage is closed in some private windows.
      return null;
    }
  }

  // Before the first paint: the scheme that was chosen, or the system's. The key is Mantine's.
  var chosen = kept("mantine-color-scheme-value");
  var dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");

  // A network that changes while the page loads may cut off its styles. They are asked for once more.
  addEventListener(
    "error",
    function (event) {
      var failed = event.target;
      if (failed.rel !== "stylesheet" || failed.hasAttribute("data-again")) return;
      var again = failed.cloneNode();
      again.setAttribute("data-again", "");
      setTimeout(function () {
        failed.replaceWith(again);
      }, 1000);
    },
    true,
  );

  // As preferredLanguage chooses. The build names the file of each language in a link before this script.
  var languages = [kept("language")].concat(navigator.languages, "en");
  for (var index = 0; index < languages.length; index += 1) {
    var code = String(languages[index]).replace(/\W.*/, "");
    var texts = document.querySelector('link[rel="texts"][hreflang="' + code + '"]');
    if (texts) {
      var link = document.createElement("link");
      link.rel = "modulepreload";
      link.href = texts.href;
      document.head.append(link);
      return;
    }
  }
})();
