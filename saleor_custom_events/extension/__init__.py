"""Our extension of the store's dashboard: its built files, and the app by which the dashboard knows it."""
