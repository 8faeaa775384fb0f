"""The web pages and the widget: templates, styles, scripts and texts; `assistant.service.pages` serves them."""
