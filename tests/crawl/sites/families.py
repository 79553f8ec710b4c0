"""One site for each family of content systems: its routes, and the addresses of the reports on it."""

from sites.families_post import affair, dayrui, posting, search_jsp, truecms, webforms
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
    "dayrui": dayrui,
    "search_jsp": search_jsp,
    "affair": affair,
    "truecms": truecms,
    "posting": posting,
    "webforms": webforms,
}
