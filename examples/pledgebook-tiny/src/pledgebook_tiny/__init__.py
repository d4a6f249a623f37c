"""One of everything that Pledgebook can be extended with. The words of Esperanto are in languages/eo.toml."""
