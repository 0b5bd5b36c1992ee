"""The sandbox's own dashboard: frames the app's pages and speaks the App Bridge, as Saleor's does."""
