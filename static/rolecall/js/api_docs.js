// The page of the API: Swagger UI, from the schema of this site.

const root = document.getElementById("api-docs");

window.SwaggerUIBundle({
  url: root.dataset.schema,
  domNode: root,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  validatorUrl: null,
});
