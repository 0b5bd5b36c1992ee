"""`make fuzz`: what comes from outside, made up by hypothesis for as long as one likes; `make test` runs a little."""
