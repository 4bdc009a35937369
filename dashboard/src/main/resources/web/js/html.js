"use strict";
/*
 * Markup as tagged templates: html`<p>${text}</p>` is a tree of nodes, and whatever stands in ${}
 * becomes text or a property, never markup.
 */
assay.html = htm.bind(preact.h);
assay.hooks = preactHooks;
