"""One site for each family of content systems: its routes, and the addresses of the reports on it."""

from sites.families_script import epoint, gkmlpt, hanweb, jpaas, ucap
from sites.families_static import jeecms, lonsun, trs, vsb

FAMILIES = {
    "trs": trs,
    "jeecms": jeecms,
    "hanweb": hanweb,
    "vsb": vsb,
    "epoint": epoint,
    "jpaas": jpaas,
    "gkmlpt": gkmlpt,
    "ucap": ucap,
    "lonsun": lonsun,
}
