// After it, since whatever this leads to may listen to the bridge.
import { App } from "@/app";
import { mount } from "@/mount";

mount(<App />);
