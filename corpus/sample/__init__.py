"""A few hundred genuine PubMed records of articles under CC BY, so that the first run needs no network.

Rebuilt by build.py; ATTRIBUTION.tsv credits each article. Courtesy of the U.S. National Library of Medicine.
"""

from pathlib import Path


def sample_path() -> Path:
    """The bundled sample as a gzipped PubMed XML file."""
    return Path(__file__).with_name("sample.xml.gz")
