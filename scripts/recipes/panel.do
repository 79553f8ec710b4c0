* Prints agencies and new requests of each year, with Stata 14 or later. Run: stata -b do panel.do PANEL.dta
args path
use "`path'", clear
encode agency_id, generate(agency_number)
xtset agency_number year
collapse (count) agencies=agency_number (sum) requests=rq_new_total, by(year)
export delimited year agencies requests using "/dev/stdout", replace
