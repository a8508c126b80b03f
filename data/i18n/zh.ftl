# 界面文字（中文）。键与 en.ftl 相同。
title = { -place }规划项目地图
subtitle = { -day }{ -document }中的规划项目
project-count = { $shown } / { $total } 个项目
project-count-unmapped = 其中 { $unmapped } 个未上图
language-zh = 中文
language-en = English
language = 语言
facet-sector = 领域
facet-county = { -county }
facet-stage = { -document }中的阶段
facet-precision = 位置精度
facet-extent = 覆盖范围
facet-since = 此后进展
facet-all = 全部
facet-local = 不看只知全{ -level }或跨{ -county-short }的 { $count } 项
facet-q = 搜索
facet-q-letter = 搜索 · 请再输入一个字母
facet-q-placeholder = { -document.language ->
    [en] 名称、原文或地名
   *[other] 名称、原文、地名或拼音
}
facet-basemap = 底图
reset = 清除全部筛选
reset-active = 清除全部筛选（{ $count }）
option-count = { $label } · { $count }
nothing-shown = 没有符合条件的项目。
loosen = 去掉“{ $facet }”这一条件，则有 { $count } 个项目。
sentence-separator = { "" }
unknown-values = 链接中有无法识别的内容，已忽略：{ $values }。
unknown-close = 名称相近的项目：
filters-active = { $count ->
    [0] 筛选
   *[other] 筛选（{ $count }）
}
filters = 筛选
filters-label = 当前筛选
filters-show = { $count ->
    [0] 没有项目，回到地图
   *[other] 显示 { $count } 个项目
}
filter-remove = 去掉 { $facet }：{ $value }
scope = 范围
scope-local = 不看全{ -level }及跨{ -county-short }
copy-link = 复制链接
paper = { $address }　{ $date }打印
paper-map = 打印时所见的规划项目地图
copy-citation = 复制引用
copied = 已复制
results-title = “{ $query }”找到 { $count } 个项目
results-more = 另有 { $count } 个，见列表。
data-late = 当前显示截至 { $date } 的数据，更新可能稍迟。
data-away = 数据暂时无法显示，请过几分钟再试。
reconnecting = 连接中断，正在重新连接。筛选条件会保留。
faults-help = 以下仅在本机和日志中显示：最新数据有误或无法读取。请逐条修正后刷新页面；运行 python -m geo 可得到同一份清单。
error-unexpected = 出错了。请刷新页面；若仍出错，请告诉维护者出错的时间。
family-rail = 铁路
family-road = 公路、机场与物流
family-water = 水利
family-land = 生态
family-economy = 产业经济
family-country_culture = 乡村与文化
family-city_cooperation = 城市与协作
sector-rail = 铁路与轨道
sector-road = 公路
sector-aviation = 机场
sector-logistics = 物流
sector-water = 水利
sector-industry = 产业园区
sector-services = 商贸服务
sector-agriculture = 农业
sector-culture_tourism = 文化旅游
sector-urban = 城镇建设
sector-innovation = 科技创新
sector-ecology = 生态
sector-opening_up = 改革开放
sector-public_service = 公共服务
sector-regional = 区域协作
stage-seek = 争取创建
stage-study = 前期研究
stage-prepare = 前期工作
stage-plan = 规划布局
stage-start = 开工建设
stage-build = 加快建设
stage-upgrade = 提升改造
precision-exact = 准确
precision-exact-note = 所绘即工程本身
precision-approximate = 大致
precision-approximate-note = 依已知地名推定。线和点的误差画成宽带或圆圈，片区只画大致范围
precision-area = 区域
precision-area-note = 只知所在{ -county }，没有公布具体地点
precision-area-whole-note = 项目本身就覆盖全域，没有单独的地点
precision-unlocated = 未定位
precision-unlocated-note = 公开资料未给出位置，只列出、不上图
precision-draft-note = 草稿：位置尚未查找。

extent-site = 单个地点
extent-line = 线路
extent-zone = 片区
extent-county = 全{ -county }
extent-city = 全{ -level }
extent-beyond = 超出本{ -level }
since-open = 已建成投用
since-part_open = 部分投用
since-building = 已启动或在建
since-part_building = 部分启动或在建
since-planned = 已批复或仍在规划
since-part_planned = 部分已批复或在规划
since-related = 仅有相关报道
since-nothing = 未查到公开报道
event-type-approved = 获批复
event-type-still_planned = 仍在规划
event-type-started = 开工
event-type-under_construction = 在建
event-type-opened = 建成开通
event-type-in_operation = 投入使用
event-type-renamed = 更名
event-type-superseded = 被取代
event-scope-whole = 全部
event-scope-part = 部分
event-scope-related = 相关
confidence-high = 可信度高
confidence-medium = 可信度中等
county-512002 = 雁江区
county-512021 = 安岳县
county-512022 = 乐至县
county-outside = { -place-in-full }外
basemap-none = 不用在线底图
basemap-tianditu = 天地图 矢量（在线）
basemap-tianditu_imagery = 天地图 影像（在线）
basemap-amap = 高德地图（在线，已纠偏）
basemap-osm = OpenStreetMap（在线）
basemap-note = 使用在线底图时，浏览器会直接从该网站加载地图图片。
map-attribution = 项目与铁路 © OpenStreetMap 贡献者（ODbL）· 区县：天地图 · 地名：GeoNames · 河流：WDBII
approval = 审图号：{ $number }
map-choose = 此处有 { $count } 个项目，请选一个
map-clause = 出自{ -document }{ -clause-before }{ $clause }{ -clause-after }
map-fit = 缩放到所示项目
map-legend = 图例
map-map = 规划项目地图；用列表视图可不用鼠标浏览全部项目
map-more = 此处另有 { $count } 个项目
map-precision = 位置精度
map-separator = { " · " }
map-since = 此后进展（截至 { $date }）：{ $state }
map-tiles-failed = 在线底图没有响应，地图其余部分可照常使用。
map-today = 今天：此后进展
map-today-note = 位置和颜色不变；括号里说的只是一部分。
map-somewhere = 在其中某处，地点未知
map-unlocated = 未定位的项目不上图，见列表。
map-two-fingers = 用两指移动地图
map-wide = { -wide } { $count } 项 ›
map-zoom-in = 放大
map-zoom-out = 缩小
guide-title = 规划了什么，在哪里
guide-about = 图上是{ -document }点名的项目，每一个都连着原文；位置有多准，图上就画得多准。
guide-drafts = 其中 { $count } 个是草稿，尚未核对。
guide-try-line = 点一条线或一个点，读{ -document }的原句：
guide-try-project = 点一个项目，读{ -document }的原句：
guide-try-county = 看一个{ -county }的项目：
guide-try-text = 通读{ -document }，着色的字就是项目：
guide-document = 打开全文
guide-families = 所示项目，按类别
guide-choose = 加入筛选：{ $family }
guide-unchoose = 移出筛选：{ $family }
guide-places = 所示项目的位置：
among-wide = { -wide }
among-shown = { $count } 个项目
among-hidden = 筛选隐去 { $count } 个
among-none = 没有符合筛选的项目
among-around = 另有 { $count } 个跨{ -county-short }或全{ -level }的项目也涉及{ $county }
among-place = 位置{ $precision }
among-sector = { $sector } { $count }
among-rest = 其他 { $count }
among-close = 关闭列表
among-back = { $place } { $count } 个项目
detail-stage = 阶段（截至{ $date }）
detail-term = 原文用语“{ $term }”
detail-since = 此后进展（截至 { $date }）
detail-nothing = 未查到公开报道（截至 { $date }）。
detail-nothing-searched = 未查到公开报道（{ $date } 查过{ $kinds }）。

searched-government = 政府网站
searched-newspaper = 报纸和新闻网站
searched-work_report = 工作报告和规划
searched-tender = 招标公告
searched-environment = 环评公示
searched-encyclopaedia = 百科

event-told = { $publisher }，截至 { $date }
event-repost = 转载页
event-conflicts = 另有说法：{ $said }
detail-counties = { -county }
detail-outside = 涉及{ -level }外
detail-precision = 位置
detail-extent = 覆盖范围
detail-within = ±{ $distance }
detail-source = 原文 { -clause-before }{ $clause }{ -clause-after }
detail-also = 另见 { -clause-before }{ $clause }{ -clause-after }
detail-paragraph = 全段
detail-basis = 位置依据
detail-spots = 在地图上核对
spots-note = 坐标为纬度、经度（WGS 84）。点链接会打开其他网站。
spot-own = 图上位置
spot-line = 线上一点
spot-how = { $how }（{ $source }）
spot-amap = 高德
spot-baidu = 百度
spot-osm = OSM
detail-licence = 许可：{ $licence }
detail-retrieved = 取用于 { $date }
detail-spot = 在全文中查看
detail-citation = 引用
detail-hidden = 此项目不在当前筛选结果中。
detail-unmapped = 此项目没有可靠的位置，未上图。
detail-related = 同一地方的其他项目
detail-related-place = 同在：{ $place }
detail-close = 取消选择
detail-no-counties = 全部在{ -level }外
citation = { $issuer ->
    [none] {""}
   *[other] { $issuer }：
}《{ $title }》，{ $adopted }{ -issued }，{ -clause-before }{ $clause }{ -clause-after }：“{ $exact }”。
cite-style = 引用格式
cite-words = 行文
cite-project = GB/T 7714：项目
cite-clause = GB/T 7714：条款
cite-bibtex = BibTeX
cite-author = { $title }贡献者
cite-version = { $title }, 数据版本{ $version }
cite-passage = { -clause-before-narrow }{ $clause }{ -clause-after-narrow }, 字符{ $start }-{ $end }
report = 报告错误
report-help = 选择有误的一项，文字里已写好编号、条款、位置和现有内容，请补上正确的内容和出处。
report-copy = 复制报错文字
report-mail = 写邮件
report-other = 其他
report-subject = 地图更正：{ $id }
report-text =
    地图更正：{ $id }（{ $name }）
    有误的一项：{ $field }
    现有内容：{ $value }
    条款：{ -clause-before }{ $clause }{ -clause-after }，第 { $start }–{ $end } 字：“{ $exact }”
    数据版本：{ $version }
    页面：{ $link }
    应为：
    出处（网址）：
summary-county = 领域 × { -county }
summary-stage = 领域 × { -document }中的阶段
summary-total = 合计
summary-precision = 领域 × 位置精度
summary-table = 数字表
summary-alt = 条形图：{ $title }；下方的表列出同样的数字
summary-about = 按当前筛选结果统计；跨{ -county-short }项目在所涉各{ -county-short }分别计入，合计只计一次。点击条形或数字可据此筛选。
summary-since = { -year }年的阶段与此后进展
summary-realised = 规划实施情况
realised-about = 统计以查到的公开报道为限（截至 { $date }）。“有报道”指有报道说明了整个项目或其中一部分的状态；其余项目未查到此类报道，不等于没有建成。部分投用不计入已建成投用。跨{ -county-short }项目在所涉各{ -county-short }分别计入，合计只计一次。
realised-total = 项目
realised-told = 有报道
realised-whole = 已建成投用
realised-part = 部分投用
realised-of-all = 建成投用占比（所示项目）
realised-of-told = 建成投用占比（有报道项目）
realised-unknown = 未查到报道，无法判断
realised-share = { $some }/{ $of }（{ $percent }%）
view = 视图
today = 地图显示
today-plan = { -year }年规划
today-today = 今天
view-map = 地图
view-list = 列表
view-summary = 汇总
view-document = 全文
view-compare = 对比
view-coverage = 未列文字
list-name = 名称
list-sector = 领域
list-stage = 阶段
list-since = 此后进展
list-county = { -county }
list-precision = 位置
list-clause = 条款
clause-number = { $clause }
list-match = 匹配
list-help = 点选一行，即可读它的原文；点表头可排序。
list-pages = 列表分页
compare-facet = 对比项
compare-left = 左侧
compare-right = 右侧
compare-count = { $count } 个项目，其中 { $unmapped } 个未上图
compare-map = { $place }的 { $count } 个项目的小地图，名称见下方列表
compare-table = 按当前筛选的项目数
compare-both = 两者共有的 { $count } 个项目
compare-list = { $place }的项目
document-contents = 目录
document-chinese = { -document }以中文发布，此处为原文。
document-english = { -document }以英文发布，此处为原文。
document-left = 显示未列文字及理由
document-choose = 这几个字属于 { $count } 个项目，请选一个
document-link-spot = 复制此处链接
coverage-tally = 决定二十条共 { $total } 个语段，{ $mapped } 个有对应项目，其余逐段注明理由。
coverage-tally-open = 全文条款共 { $total } 个语段，{ $mapped } 个有对应项目，{ $given } 个已注明理由，{ $left } 个尚待判断。
coverage-about = 下表列出没有对应项目的语段。
coverage-unfiltered = 这些数字不随筛选变化。
coverage-segment = 语段
coverage-reason = 类别
coverage-note = 理由
document-about = { $issuer ->
    [none] {""}
   *[other] { $issuer }{" "}
}{ $adopted } { -issued }；{ $publisher } { $published } 发布。文字一字未改，着色处为已上图或列出的项目。
document-about-once = { $issuer ->
    [none] {""}
   *[other] { $issuer }{" "}
}{ $adopted } { -issued }。文字一字未改，着色处为已上图或列出的项目。
list-separator = 、
export-citation = 《{ $title }》，数据版本 { $version }，据{ $issuer ->
    [none] {""}
   *[other] { $issuer }
}《{ $document }》（{ $adopted } { -issued }）编制。{ -licence.stated ->
    [no] {""}
   *[yes] { -licence }。
}
export-derived = 由 { $field } 得出
export-vague = （位置不准确）
export-layer-point = 项目：点
export-layer-line = 项目：线
export-layer-polygon = 项目：面
export-layer-unmapped = 未上图的项目
export-short-name = Shapefile 字段
export-shapefile-note =
    图层按点、线、面分开；没有图形的项目只列在 projects.csv 中，该文件列出全部项目，与本次筛选显示的项目一一对应。
    DBF 文本最长 { $longest } 字节，更长的截断并以“…”结尾，全文见 projects.csv。lon、lat 两列始终为 WGS 84 经纬度。
export-dxf-names = { $sector }-名称
export-dxf-notes = 说明
export-dxf-place = { $place }，误差 { $metres } 米
export-dxf-unmapped = 未上图的项目（{ $count } 项）：
export-dxf-note = 虚线表示位置不准确。每个图元的扩展数据（XDATA，应用名 PROJECT_MAP）记有该项目的全部字段和原文。
crs-4326 = WGS 84 经纬度
crs-4490 = CGCS2000 经纬度
crs-gauss-kruger = CGCS2000 高斯-克吕格投影，3 度带，中央经线 { $meridian }°E
crs-utm = WGS 84，UTM { $zone }{ $side } 带
crs-4326-note = x 为经度，y 为纬度，单位为度。
crs-4490-note =
    x 为经度，y 为纬度，单位为度。
    坐标由 WGS 84 直接视为 CGCS2000，未作基准转换；在 CGCS2000 的历元 2000.0，两者相差几厘米。
crs-utm-note =
    x 为东坐标，y 为北坐标，单位为米；{ $side ->
        [N] 东坐标加 500000 米。
       *[other] 东坐标加 500000 米，北坐标加 10000000 米。
    }
crs-gauss-kruger-note =
    x 为东坐标，y 为北坐标，单位为米；东坐标加 500000 米，前面不加带号 { $zone }。我国测量惯例以北坐标为 X、东坐标为 Y，与此相反。
    坐标由 WGS 84 直接视为 CGCS2000，未作基准转换；在 CGCS2000 的历元 2000.0，两者相差几厘米。
oc4ids-description = “{ $exact }”（{ -clause-before }{ $clause }{ -clause-after }）。{ $stage }，据原文“{ $term }”：截至 { $adopted }，不表示后来建成与否。
oc4ids-quote = { -clause-before }{ $clause }{ -clause-after }：“{ $exact }”
stamp-title = 标题
stamp-as_of = 截至
stamp-projects = 项目数
stamp-unmapped = 其中未上图
stamp-query = 筛选条件
stamp-data_version = 数据版本
stamp-document = 文件
stamp-document_sha256 = 文件的 SHA-256
stamp-licence = 许可
stamp-licence_url = 许可全文
stamp-attribution = 来源
stamp-citation = 引用格式
stamp-crs = 坐标系
sheet-projects = 项目
sheet-quotes = 引文
sheet-references = 资料来源
sheet-events = 此后事件
sheet-clauses = 条款原文
sheet-codelists = 代码表
sheet-dictionary = 数据字典
sheet-about = 说明
column-id = 编号
column-name-zh = 名称
column-name-en = 英文名称
column-sector = 领域代码
column-sector-label = 领域
column-counties = { -county-plain }代码
column-counties-label = { -county-plain }
column-outside = { -level }外地方
column-stage = 阶段代码
column-stage-label = 阶段
column-stage-term = 原文动词
column-as-of = 截至
column-since = 此后进展代码
column-since-label = 此后进展
column-since-as-of = 此后进展截至
column-events = 此后事件
column-event-type = 事件类型代码
column-event-type-label = 事件
column-event-date = 事件日期
column-event-precision = 日期精度
column-event-scope = 范围代码
column-event-scope-label = 全部、部分或相关
column-event-note-zh = 哪一部分、为何相关（中文）
column-event-note-en = 哪一部分、为何相关（英文）
column-event-statement-zh = 说明（中文）
column-event-statement-en = 说明（英文）
column-event-publisher = 发布者
column-event-link = 原页或转载
column-event-confidence = 可信度
column-event-conflicts-zh = 不同说法（中文）
column-event-conflicts-en = 不同说法（英文）
column-precision = 位置精度代码
column-precision-label = 位置精度
column-extent = 覆盖范围代码
column-extent-label = 覆盖范围
column-uncertainty = 位置误差（米）
column-document = 文件
column-clause = 条款
column-start = 起点
column-end = 终点（不含）
column-exact = 原文
column-prefix = 前文
column-suffix = 后文
column-basis-zh = 位置依据
column-basis-en = 位置依据（英文）
column-oc4ids-sector = OC4IDS 领域
column-oc4ids-status = OC4IDS 状态
column-oc4ids-type = OC4IDS 类型
column-iati-exactness = IATI 精度
column-geometry-type = 图形类型
column-lon = 图形内一点的经度
column-lat = 图形内一点的纬度
column-wkt = 图形（WKT）
column-anchors = 引文（JSON）
column-references = 资料来源（JSON）
column-title = 资料名称
column-url = 网址
column-licence = 许可
column-retrieved = 取用日期
column-text = 原文段落
column-codelist = 代码表
column-code = 代码
column-label-zh = 中文名称
column-label-en = 英文名称
column-field = 字段
column-heading = 列名
column-type = 类型
column-unit = 单位
column-meaning = 含义
column-oc4ids = OC4IDS / IATI
format-geojson = GeoJSON：全部属性，供地图和程序使用
format-csv = CSV：每个项目一行，图形为 WKT
format-xlsx = Excel 工作簿：项目、引文、来源、数据字典
format-gpkg = GeoPackage：带 QGIS 样式的图层
format-shp = Shapefile（压缩包）：点、线、面三个图层，供 ArcGIS 等使用
format-dxf = DXF：供 AutoCAD 等使用，单位为米
format-kml = KML：供 Google Earth 等使用
format-oc4ids = OC4IDS 0.9.5：JSON 项目包
api-title = 数据与地址
api-about = 只读，{ -licence.stated ->
    [no] {""}
   *[yes] 依 { -licence } 自由使用，
}数据版本 { $version }。这些地址不会改变。同一查询下载到的，就是地图上显示的。
api-downloads = 下载项目
api-format = 格式
api-address = 地址
api-example = 带筛选
api-query = 查询
api-query-about = 与地图链接中的写法相同；同一个键可以重复，表示多选。不认识的值会被拒绝，并说明原因。
api-others = 其他
api-project = 单个项目
api-document = { -document }全文、各条款的位置和全部引文
api-codelists = 全部代码表，含名称和对照
api-openapi = 供程序读取的接口说明（OpenAPI 3.1）
api-map = 回到地图
not-found-title = 没有这个页面
not-found-about = 网址可能有误，或已经失效。全部项目都在地图上：
sheet-number = 编号
sheet-list = 项目清单
sheet-facet = { $facet }：{ $values }
sheet-local = 不含全{ -level }及跨{ -county-short }项目
sheet-overleaf = 编号与项目的对照见下一页。
sheet-overleaf-rest = 全部项目，包括未上图的，见下一页。
sheet-overleaf-goes-on = 清单续见下一页。
sheet-closer = 方框内放大
sheet-wider = 主图以外
sheet-window = 见右侧放大图
sheet-north = 北
sheet-projection = UTM { $zone }{ $side } 投影，WGS 84（{ $code }）
sheet-stages = 阶段为{ -document }{ -issued }之日（{ $date }）的阶段，不反映此后的建设情况。
sheet-signs = 虚线框内的编号，是覆盖{ -whole }的项目。
sheet-boundaries = 界线仅供示意。
sheet-drafts = { $count } 个项目是草稿，尚未核对。
sheet-licence = { -licence.stated ->
    [no] {""}
   *[yes] 数据：{ -licence } ·{" "}
}GeoNames：CC BY 4.0 · 字体：SIL OFL 1.1
sheet-licence-own = { -licence.stated ->
    [no] {""}
   *[yes] 数据：{ -licence } ·{" "}
}字体：SIL OFL 1.1
sheet-version = 数据版本 { $version } · 截至 { $date }
sheet-counted = 圆内数字是附近的项目数，每个项目只计一次，图外的不计；细线为线状项目，颜色同表中领域；覆盖全{ -county }或更大范围的项目见虚线框。
sheet-too-many = 超过 { $most } 个项目，无法逐一编号：图上按位置计数，下表按领域和{ -county }计数。用领域、{ -county }等筛选到 { $most } 个以内，即得带编号和清单的地图。
downloads-title = 下载所示 { $count } 项：
downloads-api = 接口说明
downloads-crs = 其他坐标系
embed = 嵌入代码
embed-about = 复制一段代码，把地图和筛选放进已获准的网站
frame-open = 打开完整地图
downloads-feed = 订阅进展
feed-about = Atom 订阅源：所示项目此后的进展
api-feed = 此后的进展，Atom 订阅源
feed-title = { $title }：此后的进展
feed-events = 这里的数据不留旧版，所以只列此后的进展，不列各版之间的改动。
feed-editions = 此后的进展，以及数据各版之间的改动。
feed-most = 只列最新的 { $count } 条，全部进展见下载文件。
feed-event = { $name }：{ $kind }（{ $date }）
feed-change = { $name }：{ $kind }
feed-added = 新增
feed-removed = 移除
feed-changed = 改动
feed-fields = 数据版本 { $version }：{ $fields }
feed-geometry = 图形
feed-short = 图上简称
format-pdf = A3 挂图（PDF，矢量）
format-png = A3 挂图（PNG，300 dpi，仅地图页）
own-stage-build = 在建
own-coverage-tally = 全文条款共 { $total } 个语段，{ $mapped } 个有对应项目，其余逐段注明理由。
own-credit-counties = 界线：天地图
own-credit-stations = 车站 © OpenStreetMap 贡献者（ODbL）
own-credit-towns = 地名：GeoNames
own-credit-rivers = 河流：WDBII
edition-about = 本文件即整张地图，打开时不联网。数据版本 { $version }{ -licence.stated ->
    [no] {""}
   *[yes] ，许可 { -licence }
}。绘图 Leaflet（BSD），图标 Font Awesome（OFL 1.1）。
edition-filters = 筛选
edition-script = 地图需要浏览器运行脚本；不运行时，下方的全文仍可阅读。
edition-selection = 本文件只含所选的 { $held } 个项目，全部共 { $whole } 个。
edition-skip = 跳到地图
edition-detail = 所选项目
format-html = 单文件版：地图、筛选、列表和全文，不需网络

map-close = 关闭
map-county-count = { $count } 个项目 ›
map-form-built = 已开工或加快建设
map-form-planned = 规划或前期工作
map-form-upgraded = 既有设施提升
map-in-view = 图上可选的项目
map-legend-approximate = 大致位置
map-legend-area = 大致范围
map-legend-count = 点开看列表
map-legend-exact = 准确位置
map-legend-exit = 线路去向
map-legend-lines = 线路
map-legend-signs = 符号
map-legend-stages = { -document }中的阶段
map-more-here = …另 { $count } 项
map-part-open = （部分建成）
map-part-building = （部分在建）
map-part-planned = （部分）
map-related = （相关）
signature-hsr = 高速铁路
signature-railway = 普速铁路
signature-metro = 市域铁路
signature-expressway = 高速公路
signature-avenue = 快速通道、大道
signature-waterworks = 水利工程
signature-line = 其他线路
look-open = 已建成
look-building = 在建
look-planned = 仍在规划
look-related = 仅有相关报道
look-unknown = 没有查到
sheet-whole-county = { $county }范围 { $count } 项
sheet-wide = 全{ -level }及跨{ -county-short } { $count } 项
map-county-wide = 覆盖全{ -county }：
map-county-somewhere = 在{ -county }内，地点不明：
map-legend-outside = { -place }以外
first-map = 所示项目的地图
first-panel = 说明
first-list = 所示项目与{ -document }原文
page-title-separator = { " – " }
page-title-search = “{ $query }”
page-description = { $subtitle }：{ $count }。{ $about }
page-description-project = { $source }：{ $sentence }
