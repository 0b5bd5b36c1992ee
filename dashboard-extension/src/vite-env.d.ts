/// <reference types="vite/client" />

declare module "virtual:macaw-theme.css";
