"""The address of the Dask scheduler whose machines read the forms, as people write it: «tcp://10.0.0.5:8786»."""

SCHEDULER = r"^(\w+://)?([^\s:/]+|\[[^\s/]+\]):\d+$"
"""The shape of an address; the protocol may be left out."""
