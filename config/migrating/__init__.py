"""How tables change while people answer: first what is new beside what is old, and the old goes a release later."""
