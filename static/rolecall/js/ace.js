// Loads the Ace editor of django-ace when a page has an editor, under a strict policy: files only, no inline styles.
const loading = new Map();

function script(url) {
  if (!loading.has(url)) {
    loading.set(
      url,
      new Promise((done, failed) => {
        const element = document.createElement("script");
        element.src = url;
        element.onload = done;
        element.onerror = failed;
        document.head.append(element);
      }),
    );
  }
  return loading.get(url);
}

function style(url) {
  if (document.querySelector(`link[href="${CSS.escape(url)}"]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  document.head.prepend(link);
}

export async function loadAce(data) {
  for (const url of [data.css, data.cssLight, data.cssDark]) style(url);
  await script(data.script);
  const { ace } = window;
  ace.config.set("useStrictCSP", true);
  ace.config.set("basePath", data.base);
  ace.config.setModuleUrl(`ace/mode/${data.mode}`, data.modeScript);
  ace.config.setModuleUrl("ace/theme/cloud_editor", data.themeLight);
  ace.config.setModuleUrl("ace/theme/cloud_editor_dark", data.themeDark);
  return ace;
}

export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
}
