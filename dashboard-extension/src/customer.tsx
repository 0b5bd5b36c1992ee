import { CustomerCard } from "@/modules/customer-card/customer-card";
import { mount } from "@/mount";

mount(<CustomerCard />);
