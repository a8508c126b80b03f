# The words of the interface (English). The same keys as zh.ftl. CLAUSE writes Arabic numerals beside
# Chinese ones.
title = { -place } planned projects
subtitle = Projects named in the { -document } of { -day }
project-count = { $shown } of { $total } { $total ->
    [one] project
   *[other] projects
}
project-count-unmapped = { $unmapped } not mapped
language-zh = 中文
language-en = English
language = Language
facet-sector = Sector
facet-county = { -county-capital }
facet-stage = Stage in the { -document }
facet-precision = Precision of place
facet-extent = Extent
facet-since = Since then
facet-all = All
facet-local = { $count ->
    [one] Hide the one known only { -level }-wide or across { -counties }
   *[other] Hide the { $count } known only { -level }-wide or across { -counties }
}
facet-q = Search
facet-q-letter = Search · type one more letter
facet-q-placeholder = { -document.language ->
    [en] Words or a place
   *[other] Words, place or pinyin
}
facet-basemap = Basemap
reset = Clear all filters
reset-active = Clear all filters ({ $count })
option-count = { $label } · { $count }
nothing-shown = No project matches these filters.
loosen = Without “{ $facet }” there would be { $count }.
sentence-separator = { " " }
unknown-values = This link contains values that were not recognised and are ignored: { $values }.
unknown-close = Projects with a similar name:
filters-active = { $count ->
    [0] Filters
   *[other] Filters ({ $count })
}
filters = Filters
filters-label = Active filters
filters-show = { $count ->
    [0] No projects: back to the map
    [one] Show { $count } project
   *[other] Show { $count } projects
}
filter-remove = Remove { $facet }: { $value }
scope = Scope
scope-local = Without { -level }-wide projects
copy-link = Copy link
paper = { $address } · printed { $date }
paper-map = The map of planned projects as it was shown
copy-citation = Copy citation
copied = Copied
results-title = “{ $query }”: { $count } found
results-more = { $count } more are in the list.
data-late = The data shown is as of { $date }. Newer information may be late.
data-away = The data cannot be shown at the moment. Please try again in a few minutes.
reconnecting = The connection was interrupted and is being restored. Your filters will be kept.
faults-help = Shown on this machine only, and in the log: the newest data has faults or cannot be read. Fix each of these and reload the page. The command python -m geo prints the same list.
error-unexpected = Something went wrong. Please reload the page; if it happens again, tell the maintainers when it happened.
family-rail = Railways
family-road = Roads, airports and logistics
family-water = Water works
family-land = Ecology
family-economy = Economy
family-country_culture = Countryside and culture
family-city_cooperation = City and cooperation
sector-rail = Railways
sector-road = Roads
sector-aviation = Airports
sector-logistics = Logistics
sector-water = Water works
sector-industry = Industry
sector-services = Services
sector-agriculture = Agriculture
sector-culture_tourism = Culture and tourism
sector-urban = Urban development
sector-innovation = Innovation
sector-ecology = Ecology
sector-opening_up = Reform and opening
sector-public_service = Public services
sector-regional = Regional cooperation
stage-seek = Status sought
stage-study = Under study
stage-prepare = In preparation
stage-plan = Planned
stage-start = Construction to start
stage-build = To be built faster
stage-upgrade = To be upgraded
precision-exact = Exact
precision-exact-note = What is mapped is the project itself
precision-approximate = Approximate
precision-approximate-note = Placed by the places that are named. A band or circle shows the uncertainty of a line or point; an area is only sketched
precision-area = Area
precision-area-note = Only the { -county } is known; no place in it is published
precision-area-whole-note = By its nature it covers the whole area and has no place of its own
precision-unlocated = Not located
precision-unlocated-note = No public source gives the place: listed, not mapped
precision-draft-note = Draft: nobody has looked for its place yet.

extent-site = Site
extent-line = Line
extent-zone = Zone
extent-county = Whole { -county }
extent-city = Whole { -level }
extent-beyond = Beyond the { -level }
since-open = Open or in use
since-part_open = Partly open
since-building = Begun or under construction
since-part_building = Partly begun or under construction
since-planned = Approved or still planned
since-part_planned = Partly approved or planned
since-related = Related news only
since-nothing = No published page found
event-type-approved = Approved
event-type-still_planned = Still planned
event-type-started = Construction started
event-type-under_construction = Under construction
event-type-opened = Opened
event-type-in_operation = In use
event-type-renamed = Renamed
event-type-superseded = Superseded
event-scope-whole = Whole
event-scope-part = Part
event-scope-related = Related
confidence-high = High confidence
confidence-medium = Medium confidence
county-512002 = Yanjiang District
county-512021 = Anyue County
county-512022 = Lezhi County
county-outside = Outside { -place }
basemap-none = No online basemap
basemap-tianditu = Tianditu map (online)
basemap-tianditu_imagery = Tianditu imagery (online)
basemap-amap = Amap (online, datum corrected)
basemap-osm = OpenStreetMap (online)
basemap-note = With an online basemap, your browser loads map images directly from that site.
map-attribution = Projects and railways © OpenStreetMap contributors (ODbL) · counties: Tianditu · towns: GeoNames · rivers: WDBII
approval = Map approval no. { $number }
map-choose = { $count } projects here: choose one
map-clause = From clause { CLAUSE($clause) } of the { -document }
map-fit = Zoom to the projects shown
map-legend = Legend
map-map = Map of planned projects; the list view shows all of them without a mouse
map-more = { $count } more here
map-precision = Precision of place
map-separator = { " · " }
map-since = Since then (as of { $date }): { $state }
map-tiles-failed = The online basemap does not answer; the rest of the map works without it.
map-today = Today: progress since then
map-today-note = Positions and colours are unchanged; brackets mark a part.
map-somewhere = Somewhere in it, place unknown
map-unlocated = Projects that are not located are in the list only.
map-two-fingers = Use two fingers to move the map
map-wide = { $count } { -wide } ›
map-zoom-in = Zoom in
map-zoom-out = Zoom out
guide-title = What is planned, and where
guide-about = The map shows the projects that the { -document } names. Each one links to the words that name it, and none is drawn more precisely than its place is known.
guide-drafts = { $count ->
    [one] { $count } of them is a draft that nobody has checked.
   *[other] { $count } of them are drafts that nobody has checked.
}
guide-try-line = Click a line or a point to read its words:
guide-try-project = Choose a project to read its words:
guide-try-county = See the projects of one { -county }:
guide-try-text = Read the { -document }; coloured words are projects:
guide-document = Open the full text
guide-families = Projects shown, by kind
guide-choose = Filter by { $family }
guide-unchoose = Stop filtering by { $family }
guide-places = Places of the projects shown:
among-wide = { -wide-capital }
among-shown = Projects: { $count }
among-hidden = Hidden by the filters: { $count }
among-none = No project matches the filters
among-around = Also touching { $county }, across { -counties } or { -level }-wide: { $count }
among-place = Place: { $precision }
among-sector = { $sector } { $count }
among-rest = Others { $count }
among-close = Close the list
among-back = { $place } ({ $count })
detail-stage = Stage (as of { $date })
detail-term = “{ $term }” in the text
detail-since = Since then (as of { $date })
detail-nothing = No published page found (as of { $date }).
detail-nothing-searched = As of { $date }, no published page was found in { $kinds }.

searched-government = government websites
searched-newspaper = newspapers
searched-work_report = work reports and plans
searched-tender = tender notices
searched-environment = environmental approvals
searched-encyclopaedia = encyclopaedias

event-told = { $publisher }, as of { $date }
event-repost = Repost
event-conflicts = Other accounts: { $said }
detail-counties = { -counties-capital }
detail-outside = Beyond { -place }
detail-precision = Place
detail-extent = Extent
detail-within = ±{ $distance }
detail-source = Source: clause { CLAUSE($clause) }
detail-also = See also clause { CLAUSE($clause) }
detail-paragraph = Whole paragraph
detail-basis = How the place is known
detail-spots = Check it on a map
spots-note = Latitude, longitude (WGS 84). The links open other websites.
spot-own = As drawn
spot-line = A point on the line
spot-how = { $how } ({ $source })
spot-amap = Amap
spot-baidu = Baidu
spot-osm = OSM
detail-licence = Licence: { $licence }
detail-retrieved = retrieved { $date }
detail-spot = View in the full text
detail-citation = Citation
detail-hidden = The filters hide this project.
detail-unmapped = The place of this project is not reliably known, so it is not on the map.
detail-related = Other projects at the same place
detail-related-place = Both at: { $place }
detail-close = Clear selection
detail-no-counties = Wholly outside { -place }
citation = { $issuer ->
    [none] {""}
   *[other] { $issuer },{" "}
}“{ $title }”, { -issued } { $adopted }, clause { CLAUSE($clause) }: “{ $exact }”.
cite-style = Style of the citation
cite-words = In a sentence
cite-project = GB/T 7714: project
cite-clause = GB/T 7714: clause
cite-bibtex = BibTeX
cite-author = { $title } contributors
cite-version = { $title }, data version { $version }
cite-passage = clause { CLAUSE($clause) }, characters { $start }-{ $end }
report = Report an error
report-help = Choose what is wrong. The text already gives the record, the clause, its position and the current value; add the correct value and where you found it.
report-copy = Copy the text
report-mail = Write an email
report-other = Something else
report-subject = Map correction: { $id }
report-text =
    Map correction: { $id } ({ $name })
    What is wrong: { $field }
    Current value: { $value }
    Clause { CLAUSE($clause) }, characters { $start }–{ $end }: “{ $exact }”
    Data version: { $version }
    Page: { $link }
    Correct value:
    Source (web address):
summary-county = Sector by { -county }
summary-stage = Sector by stage in the { -document }
summary-total = Total
summary-precision = Sector by precision of place
summary-table = As a table
summary-alt = Bar chart: { $title }; the table below gives the same numbers
summary-about = Counts of the projects that match the filters. A project in two { -counties } is counted in both, but only once in the total. Click a bar or a number to filter by it.
summary-since = Stage in { -year } by progress since then
summary-realised = How much has been completed
realised-about = Based on the published pages that were found (as of { $date }). “Status published” counts the projects for which a page states the status of the whole or of a part. No such page was found for the others, which does not mean that they are not built. A project that is only partly open does not count as open. A project in two { -counties } is counted in both, but only once in the total.
realised-total = Projects
realised-told = Status published
realised-whole = Open or in use
realised-part = Partly open
realised-of-all = Open, of the projects shown
realised-of-told = Open, of those with published status
realised-unknown = Not known: no page states the status
realised-share = { $some } of { $of } ({ $percent }%)
view = View
today = The map shows
today-plan = { -year } plan
today-today = Today
view-map = Map
view-list = List
view-summary = Summary
view-document = Full text
view-compare = Compare
view-coverage = Left out
list-name = Name
list-sector = Sector
list-stage = Stage
list-since = Since then
list-county = { -counties-capital }
list-precision = Place
list-clause = Clause
clause-number = { CLAUSE($clause) }
list-match = Match
list-help = Choose a row to read its clause, or a column heading to sort.
list-pages = Pages of the list
compare-facet = What to compare
compare-left = Left
compare-right = Right
compare-count = { $count ->
    [one] { $count } project
   *[other] { $count } projects
}, { $unmapped } not mapped
compare-map = Small map of { $place }: { $count ->
    [one] { $count } project
   *[other] { $count } projects
}, named in the list below
compare-table = Projects that match the filters
compare-both = { $count ->
    [one] { $count } project
   *[other] { $count } projects
} in both
compare-list = Projects: { $place }
document-contents = Contents
document-chinese = The { -document } was issued in Chinese; this is its original text.
document-english = The { -document } was issued in English; this is its original text.
document-left = Show what was left out, and why
document-choose = These words belong to { $count } projects: choose one
document-link-spot = Copy a link to this spot
coverage-tally = The twenty clauses have { $total } segments. { $mapped } of them name projects on this map; for each of the others, the reason is given.
coverage-tally-open = All clauses together have { $total } segments: { $mapped } with projects on this map, { $given } left out for a reason that is given, and { $left } still to be judged.
coverage-about = The table lists the segments that name no project.
coverage-unfiltered = The filters do not change these numbers.
coverage-segment = Segment
coverage-reason = Kind
coverage-note = Reason
document-about = { -issued-capital }{ $issuer ->
    [none] {""}
   *[other] {" "}by the { $issuer }
} on { $adopted }; published by { $publisher } on { $published }. Not a word has been changed; the marked passages are the projects on the map and in the list.
document-about-once = { -issued-capital }{ $issuer ->
    [none] {""}
   *[other] {" "}by the { $issuer }
} on { $adopted }. Not a word has been changed; the marked passages are the projects on the map and in the list.
list-separator = { ", " }
export-citation = “{ $title }”, data version { $version }, made from: { $issuer ->
    [none] {""}
   *[other] { $issuer },{" "}
}“{ $document }”, { -issued } { $adopted }.{ -licence.stated ->
    [no] {""}
   *[yes] {" "}{ -licence }.
}
export-derived = Derived from { $field }
export-vague = {" "}(place not exact)
export-layer-point = Projects: points
export-layer-line = Projects: lines
export-layer-polygon = Projects: areas
export-layer-unmapped = Projects not on the map
export-short-name = Shapefile field
export-shapefile-note =
    Points, lines and areas are separate layers. Projects without geometry are in projects.csv only, which lists all projects of this selection.
    A text in a DBF file has at most { $longest } bytes; a longer one is cut and ends in “…”. projects.csv has the whole text. The columns lon and lat are always WGS 84.
export-dxf-names = { $sector } - names
export-dxf-notes = Notes
export-dxf-place = { $place }, within { $metres } m
export-dxf-unmapped = Projects not on the map ({ $count }):
export-dxf-note = A dashed line is not exact. The extended data of each entity (XDATA, application PROJECT_MAP) has all fields of its project and the words of the { -document }.
crs-4326 = WGS 84, longitude and latitude
crs-4490 = CGCS2000, longitude and latitude
crs-gauss-kruger = CGCS2000, 3-degree Gauss-Krüger zone, central meridian { $meridian }° E
crs-utm = WGS 84, UTM zone { $zone }{ $side }
crs-4326-note = x is the longitude, y the latitude, in degrees.
crs-4490-note =
    x is the longitude, y the latitude, in degrees.
    WGS 84 coordinates are taken as CGCS2000 without a change of datum; at the epoch of CGCS2000 (2000.0) they differ by a few centimetres.
crs-utm-note =
    x is the easting, y the northing, in metres. { $side ->
        [N] The false easting is 500000 m.
       *[other] The false easting is 500000 m, the false northing 10000000 m.
    }
crs-gauss-kruger-note =
    x is the easting, y the northing, in metres. The false easting is 500000 m, without the zone number { $zone } in front. Chinese surveyors call the northing X and the easting Y.
    WGS 84 coordinates are taken as CGCS2000 without a change of datum; at the epoch of CGCS2000 (2000.0) they differ by a few centimetres.
oc4ids-description = “{ $exact }”, clause { CLAUSE($clause) }. { $stage }, by the words “{ $term }”: as of { $adopted }, which does not say what has been built since.
oc4ids-quote = Clause { CLAUSE($clause) }: “{ $exact }”
stamp-title = Title
stamp-as_of = As of
stamp-projects = Projects
stamp-unmapped = Of these, not on the map
stamp-query = Filter
stamp-data_version = Data version
stamp-document = Document
stamp-document_sha256 = SHA-256 of the document
stamp-licence = Licence
stamp-licence_url = Text of the licence
stamp-attribution = Attribution
stamp-citation = Citation
stamp-crs = Coordinate system
sheet-projects = Projects
sheet-quotes = Quotes
sheet-references = References
sheet-events = Events since
sheet-clauses = Clauses
sheet-codelists = Codelists
sheet-dictionary = Dictionary
sheet-about = About
column-id = ID
column-name-zh = Name (Chinese)
column-name-en = Name (English)
column-sector = Sector code
column-sector-label = Sector
column-counties = { -county-capital } codes
column-counties-label = { -counties-capital }
column-outside = Beyond { -place }
column-stage = Stage code
column-stage-label = Stage
column-stage-term = Verb in the text
column-as-of = As of
column-since = Since then, code
column-since-label = Since then
column-since-as-of = Since then, as of
column-events = Events since
column-event-type = Event type code
column-event-type-label = Event
column-event-date = Date of the event
column-event-precision = Precision of the date
column-event-scope = Scope code
column-event-scope-label = Whole, part or related
column-event-note-zh = Which part, or why (Chinese)
column-event-note-en = Which part, or why (English)
column-event-statement-zh = Statement (Chinese)
column-event-statement-en = Statement (English)
column-event-publisher = Publisher
column-event-link = Original or repost
column-event-confidence = Confidence
column-event-conflicts-zh = Other accounts (Chinese)
column-event-conflicts-en = Other accounts (English)
column-precision = Precision code
column-precision-label = Precision of place
column-extent = Extent code
column-extent-label = Extent
column-uncertainty = Uncertainty (m)
column-document = Document
column-clause = Clause
column-start = First position
column-end = Position after
column-exact = Quote
column-prefix = Words before
column-suffix = Words after
column-basis-zh = Basis of place (Chinese)
column-basis-en = Basis of place (English)
column-oc4ids-sector = OC4IDS sector
column-oc4ids-status = OC4IDS status
column-oc4ids-type = OC4IDS type
column-iati-exactness = IATI exactness
column-geometry-type = Type of geometry
column-lon = Longitude of a point in it
column-lat = Latitude of a point in it
column-wkt = Geometry (WKT)
column-anchors = Quotes (JSON)
column-references = References (JSON)
column-title = Source
column-url = Address
column-licence = Licence
column-retrieved = Retrieved
column-text = Text
column-codelist = Codelist
column-code = Code
column-label-zh = Label (Chinese)
column-label-en = Label (English)
column-field = Field
column-heading = Heading
column-type = Type
column-unit = Unit
column-meaning = Meaning
column-oc4ids = OC4IDS / IATI
format-geojson = GeoJSON: all properties, for maps and scripts
format-csv = CSV: one row per project, geometry as WKT
format-xlsx = Excel workbook: table, quotes, sources, dictionary
format-gpkg = GeoPackage: layers with styles for QGIS
format-shp = Shapefile (zip): layers for points, lines and areas, for ArcGIS and the like
format-dxf = DXF: for AutoCAD and the like, in metres
format-kml = KML: for Google Earth and the like
format-oc4ids = OC4IDS 0.9.5: project package in JSON
api-title = Data and addresses
api-about = Read-only{ -licence.stated ->
    [no] {""}
   *[yes] , free to use under { -licence }
}, data version { $version }. These addresses will not change. A download contains exactly what the map shows for the same query.
api-downloads = The projects as a file
api-format = Format
api-address = Address
api-example = With a filter
api-query = The query
api-query-about = The same as in a link to the map. Repeat a key for several values. Anything unknown is refused, with the reason.
api-others = Other addresses
api-project = one project
api-document = the text of the { -document }, its clauses with their positions, and every quote
api-codelists = every codelist, with labels and crosswalks
api-openapi = this API, described for machines (OpenAPI 3.1)
api-map = Back to the map
not-found-title = There is no such page
not-found-about = The address may be mistyped or out of date. All projects are on the map:
sheet-number = No.
sheet-list = Projects
sheet-facet = { $facet }: { $values }
sheet-local = without projects known only { -level }-wide or across { -counties }
sheet-overleaf = What each number stands for is on the next page.
sheet-overleaf-rest = All projects are listed on the next page, with those that are not on the map.
sheet-overleaf-goes-on = The list continues on the next page.
sheet-closer = The square, larger
sheet-wider = Beyond the main map
sheet-window = larger at right
sheet-north = N
sheet-projection = UTM zone { $zone } { $side }, WGS 84 ({ $code })
sheet-stages = Stages are those of { $date }, the day of the { -document }; they do not say what was built since.
sheet-signs = A dashed sign gives the numbers of the projects that cover the whole { -whole }.
sheet-boundaries = Boundaries are for orientation only.
sheet-drafts = { $count ->
    [one] { $count } project is a draft that nobody has checked.
   *[other] { $count } projects are drafts that nobody has checked.
}
sheet-licence = { -licence.stated ->
    [no] {""}
   *[yes] Data: { -licence } ·{" "}
}GeoNames: CC BY 4.0 · Fonts: SIL OFL 1.1
sheet-licence-own = { -licence.stated ->
    [no] {""}
   *[yes] Data: { -licence } ·{" "}
}Fonts: SIL OFL 1.1
sheet-version = Data version { $version } · As of { $date }
sheet-counted = A figure in a circle is the number of projects near it, each counted once, without those beyond the map; fine lines are projects along a line, in the colour of their sector in the table; dashed boxes count what covers a whole { -county } or more.
sheet-too-many = More than { $most } projects are too many to number. The map counts them by place, the table by sector and { -county }. Choose sectors, { -counties } or other filters until { $most } or fewer are left, to get a map with numbers and a list.
downloads-title = Download the { $count } shown:
downloads-api = API
downloads-crs = Other coordinate systems
embed = Embed
embed-about = Copy the code that puts the map and its filters on a site that may embed it
frame-open = Open the full map
downloads-feed = Follow
feed-about = Atom feed of what has happened since to the projects shown
api-feed = What has happened since, as an Atom feed
feed-title = { $title }: since the { -document }
feed-events = This data keeps no earlier editions, so the feed has events only, and no changes between editions.
feed-editions = Events since the { -document }, and changes between editions of the data.
feed-most = It has the newest { $count } entries; the downloads have all events.
feed-event = { $name }: { $kind } ({ $date })
feed-change = { $name }: { $kind }
feed-added = added
feed-removed = removed
feed-changed = changed
feed-fields = Data version { $version }: { $fields }
feed-geometry = geometry
feed-short = short name on the map
format-pdf = A3 wall map (PDF, vector)
format-png = A3 wall map (PNG, 300 dpi, map page only)
own-stage-build = Under construction
own-coverage-tally = All clauses together have { $total } segments. { $mapped } of them name projects on this map; for each of the others, the reason is given.
own-credit-counties = Boundaries: Tianditu
own-credit-stations = stations © OpenStreetMap contributors (ODbL)
own-credit-towns = towns: GeoNames
own-credit-rivers = rivers: WDBII
edition-about = This file contains the whole map and makes no network requests. Data version { $version }{ -licence.stated ->
    [no] {""}
   *[yes] , { -licence }
}. Drawn with Leaflet (BSD), icons by Font Awesome (OFL 1.1).
edition-filters = Filters
edition-script = The map needs a browser that runs scripts; without them, the full text below can still be read.
edition-selection = This file holds a selection: { $held } of { $whole } projects.
edition-skip = Skip to the map
edition-detail = Selected project
format-html = One file: map, filters, list and text, for use offline

map-close = Close
map-county-count = { $count } { $count ->
    [one] project
   *[other] projects
} ›
map-form-built = Started or being built
map-form-planned = Planned or prepared
map-form-upgraded = Existing, to be upgraded
map-in-view = Projects on the map
map-legend-approximate = Approximate place
map-legend-area = Approximate area
map-legend-count = Click for the list
map-legend-exact = Exact place
map-legend-exit = Where a line leads
map-legend-lines = Lines
map-legend-signs = Signs
map-legend-stages = Stage in the { -document }
map-more-here = …{ $count } more
map-part-open = {" "}(part open)
map-part-building = {" "}(part under way)
map-part-planned = {" "}(part)
map-related = {" "}(related)
signature-hsr = High-speed railway
signature-railway = Conventional railway
signature-metro = Metropolitan line
signature-expressway = Expressway
signature-avenue = Avenue, express road
signature-waterworks = Water works
signature-line = Other line
look-open = Open
look-building = Being built
look-planned = Still planned
look-related = Related news only
look-unknown = Nothing found
sheet-whole-county = { $county }: { $count } { -county }-wide
sheet-wide = { $count } { -level }-wide and beyond
map-county-wide = Covers the { -county }:
map-county-somewhere = Somewhere in the { -county }:
map-legend-outside = Beyond { -place }
first-map = Map of the projects shown
first-panel = Information
first-list = Projects shown, with the words of the { -document }
page-title-separator = { " – " }
page-title-search = “{ $query }”
page-description = { $subtitle }: { $count }. { $about }
page-description-project = { $source }: { $sentence }
