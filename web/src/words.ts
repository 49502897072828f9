// The page's own words in both languages. What a figure means is not said here: the API says it, and /docs shows it.
import type { FigureStatus, Language, Unit } from "./generated";

/** A text in both languages. */
export type Text = { readonly KO: string; readonly EN: string };

export const say = {
  title: { KO: "동작구 정책 데이터", EN: "Dongjak policy data" },
  economy: { KO: "지역경제", EN: "Economy" },
  childcare: { KO: "육아·보육", EN: "Childcare" },
  wifi: { KO: "공공와이파이", EN: "Public Wi-Fi" },
  economyAsks: { KO: "감염병이 번질 때 어느 동의 카드매출이 줄었나?", EN: "Where did card sales fall when the epidemic spread?" },
  childcareAsks: { KO: "부모들은 무엇을 말하고, 어린이집은 어디에서 부족한가?", EN: "What do parents say, and where is daycare out of reach?" },
  wifiAsks: { KO: "다음 공공와이파이는 어디에 놓아야 가장 많은 사람을 도울까?", EN: "Where does the next public Wi-Fi point help most people?" },
  synthetic: { KO: "시연용 생성 자료", EN: "Generated demo data" },
  syntheticMeans: {
    KO: "경계와 이름만 실제이고 수치는 만들어 낸 것입니다. 실제 동작구의 상황이 아닙니다.",
    EN: "Only boundaries and names are real; the figures are generated and say nothing about the real district.",
  },
  shown: { KO: "지도에 보일 수치", EN: "Shown on the map" },
  map: { KO: "동작구 지도", EN: "Map of the district" },
  mapKeys: { KO: "화살표 키로 이웃한 동으로 옮겨 갑니다.", EN: "Arrow keys move to the neighbouring place." },
  district: { KO: "동작구 전체", EN: "The whole district" },
  place: { KO: "행정동", EN: "Neighbourhood" },
  industry: { KO: "업종", EN: "Industry" },
  value: { KO: "값", EN: "Value" },
  interval: { KO: "신뢰구간", EN: "Interval" },
  intervalOf: { KO: "{level}% 신뢰구간", EN: "{level}% interval" },
  status: { KO: "상태", EN: "Status" },
  sample: { KO: "관측 수", EN: "Observations" },
  source: { KO: "출처", EN: "Sources" },
  run: { KO: "분석 실행", EN: "Analysis run" },
  published: { KO: "공개", EN: "published" },
  reason: { KO: "이유", EN: "Reason" },
  generated: { KO: "생성됨", EN: "generated" },
  observed: { KO: "실제", EN: "observed" },
  noFigure: { KO: "값 없음", EN: "No value" },
  missing: { KO: "값 없음 (이유는 설명에)", EN: "No value (the panel says why)" },
  allPlaces: { KO: "모든 동", EN: "All neighbourhoods" },
  allIndustries: { KO: "모든 업종", EN: "All industries" },
  allSites: { KO: "순위 목록", EN: "The ranking" },
  tableHint: { KO: "지도와 같은 수치입니다. 점은 값, 선은 95% 신뢰구간입니다.", EN: "The same figures as on the map. Dots are values, bars 95% intervals." },
  tableHintPlain: { KO: "지도와 같은 수치입니다.", EN: "The same figures as on the map." },
  allHere: { KO: "이곳의 다른 수치", EN: "Other figures of this place" },
  weekly: { KO: "주별 카드매출, 2019년 같은 주 대비", EN: "Weekly card sales against the same week of 2019" },
  here: { KO: "여기", EN: "here" },
  wholeDistrict: { KO: "구 전체", EN: "district" },
  opinion: { KO: "글의 긍·부정", EN: "What the posts say" },
  positive: { KO: "긍정", EN: "Praise" },
  neutral: { KO: "중립", EN: "Neither" },
  negative: { KO: "부정", EN: "Complaint" },
  gainCurve: { KO: "설치 대수에 따른 수요 충족", EN: "Demand covered by so many sites" },
  sites: { KO: "설치 대수", EN: "Number of sites" },
  site: { KO: "후보 시설", EN: "Site" },
  rank: { KO: "순위", EN: "Rank" },
  gain: { KO: "앞선 순위에 더하는 수요", EN: "Demand that it adds to those ranked before" },
  share: { KO: "누적 비율", EN: "Covered so far" },
  differs: { KO: "구 전체와 다름 (조정 p ≤ 0.05)", EN: "Differs from the district (adjusted p ≤ 0.05)" },
  differsNot: { KO: "구 전체와 다르다고 할 수 없음", EN: "Cannot be told apart from the district" },
  range: { KO: "{lower} ~ {upper}", EN: "{lower} to {upper}" },
  origin: { KO: "이 수치의 근거", EN: "Where this comes from" },
  datasets: { KO: "데이터셋 {all}개 (생성 {made}개)", EN: "{all} datasets, {made} of them generated" },
  allDay: { KO: "종일 보육 이용률 (시간대별)", EN: "All-day care: places used, by hour" },
  partTime: { KO: "시간제보육 이용률 (시간대별)", EN: "Part-time care: places used, by hour" },
  policies: { KO: "정책과 함께 나타난 변화", EN: "What went with the policies" },
  policiesHint: {
    KO: "정책이 닿은 업종의 매출 변화에서 다른 업종의 변화를 뺀 값입니다. 정책 전 주의 값이 0에 가까울 때만 차이를 믿을 수 있습니다.",
    EN: "Change of sales of the industries that a policy reached, minus that of the others. Trust the difference only where the weeks before it lie near zero.",
  },
  inForce: { KO: "시행 중", EN: "in force" },
  byLot: { KO: "무작위 배정 검정", EN: "Randomisation test" },
  path: { KO: "정책 시작 전후의 주별 차이", EN: "Difference by week before and after the start" },
  compared: { KO: "비교한 업종", EN: "Industries compared" },
  reached: { KO: "정책이 닿은 업종", EN: "Reached" },
  notReached: { KO: "비교한 업종", EN: "Compared with" },
  weeksAfter: { KO: "주", EN: "weeks" },
  loading: { KO: "불러오는 중…", EN: "Loading…" },
  failed: { KO: "불러오지 못했습니다.", EN: "This could not be loaded." },
  retry: { KO: "다시 시도", EN: "Try again" },
  empty: { KO: "아직 공개된 분석이 없습니다.", EN: "No analysis has been published yet." },
  noMap: {
    KO: "이 브라우저에서는 지도를 그릴 수 없습니다(WebGL 없음). 아래 표에 같은 수치가 있습니다.",
    EN: "This browser cannot draw the map (no WebGL). The table below has the same figures.",
  },
  csv: { KO: "CSV로 저장", EN: "Save as CSV" },
  toTable: { KO: "표로 바로 가기", EN: "Skip to the table" },
  toDistrict: { KO: "구 전체 보기", EN: "Show the whole district" },
  docs: { KO: "설명서", EN: "Documentation" },
  query: { KO: "질의 작성", EN: "Write queries" },
  how: { KO: "이 수치는 어떻게 만들어지나", EN: "How this figure is made" },
  zoomIn: { KO: "확대", EN: "Zoom in" },
  zoomOut: { KO: "축소", EN: "Zoom out" },
  home: { KO: "전체 보기", EN: "Show all" },
  topHours: { KO: "가장 붐비는 시간", EN: "Busiest hours" },
  nearest: { KO: "가장 가까운 기존 와이파이", EN: "Nearest working access point" },
  alone: { KO: "단독 설치 때 효과", EN: "If built alone" },
  requests: { KO: "충족하는 설치 요청", EN: "Requests served" },
  bus_stop: { KO: "버스정류소", EN: "Bus stop" },
  streetlight: { KO: "가로등", EN: "Streetlight" },
  withSites: { KO: "상위 {n}곳", EN: "the best {n} sites" },
  covers: { KO: "미충족 수요의", EN: "of the unserved demand" },
} satisfies Record<string, Text>;

/** How sure a figure is, as a label and a sentence. */
export const statuses: Record<FigureStatus, { label: Text; means: Text; mark: string }> = {
  MEASURED: {
    mark: "●",
    label: { KO: "측정값", EN: "Measured" },
    means: { KO: "자료에서 직접 세거나 잰 값입니다.", EN: "Counted or measured in the source." },
  },
  ESTIMATED: {
    mark: "◐",
    label: { KO: "추정값", EN: "Estimated" },
    means: { KO: "측정한 자료에 분석 방법을 적용해 계산했습니다.", EN: "Computed from measured data by the method of the run." },
  },
  IMPUTED: {
    mark: "◐",
    label: { KO: "대체값", EN: "Gaps filled in" },
    means: { KO: "빠진 부분을 채워 넣은 측정값입니다.", EN: "Measured, but with gaps filled in." },
  },
  PROVISIONAL: {
    mark: "◌",
    label: { KO: "잠정값", EN: "Provisional" },
    means: { KO: "아직 다 모이지 않아 바뀔 수 있습니다.", EN: "Recent or partly filled in, and likely to be revised." },
  },
  CENSORED: {
    mark: "→",
    label: { KO: "중도절단", EN: "Not seen yet" },
    means: { KO: "자료가 끝날 때까지 일어나지 않았습니다.", EN: "It had not happened when the data end." },
  },
  SUPPRESSED: {
    mark: "▨",
    label: { KO: "비공개 처리", EN: "Suppressed" },
    means: { KO: "해당하는 사람이나 점포가 너무 적어 감춥니다.", EN: "Hidden because too few people or shops stand behind it." },
  },
  INSUFFICIENT_DATA: {
    mark: "▨",
    label: { KO: "자료 부족", EN: "Too few data" },
    means: { KO: "자료는 있으나 이 방법에는 부족합니다.", EN: "There are data, but too few for the method." },
  },
  RESTRICTED: {
    mark: "▨",
    label: { KO: "열람 제한", EN: "Restricted" },
    means: { KO: "권한이 있는 사용자만 볼 수 있습니다.", EN: "Published for signed-in users only." },
  },
  WITHDRAWN: {
    mark: "▨",
    label: { KO: "철회됨", EN: "Withdrawn" },
    means: { KO: "이 분석 실행은 철회되었습니다.", EN: "The run was withdrawn." },
  },
  NOT_AVAILABLE: {
    mark: "▨",
    label: { KO: "자료 없음", EN: "Not available" },
    means: { KO: "필요한 자료가 없습니다.", EN: "The input that it needs does not exist." },
  },
};

/** Units as they stand after a number. An empty text: the number already carries its sign or needs none. */
export const units: Record<Unit, Text> = {
  BALANCE: { KO: "(−1~1)", EN: "(−1 to 1)" },
  CENTRES: { KO: "곳", EN: "centres" },
  CHANGE_RATIO: { KO: "", EN: "" },
  ESTABLISHMENTS: { KO: "개 점포", EN: "establishments" },
  INDEX_POINTS: { KO: "포인트", EN: "points" },
  LOG_CHANGE: { KO: "로그 변화", EN: "log change" },
  LOG_ODDS: { KO: "로그 오즈", EN: "log-odds" },
  LOG_PER_LOG_CASES: { KO: "로그 매출 / 로그 확진자", EN: "log sales per log cases" },
  MERCHANTS: { KO: "개 가맹점", EN: "merchants" },
  METRES: { KO: "m", EN: "m" },
  MINUTES: { KO: "분", EN: "minutes" },
  PAYMENTS: { KO: "건 결제", EN: "payments" },
  PERCENT: { KO: "", EN: "" },
  PERSONS: { KO: "명", EN: "persons" },
  PERSON_HOURS_PER_DAY: { KO: "인시/일", EN: "person-hours a day" },
  PLACES: { KO: "자리", EN: "places" },
  PLACES_PER_CHILD: { KO: "자리/아동", EN: "places per child" },
  POSTS: { KO: "건", EN: "posts" },
  POSTS_PER_THOUSAND_CHILDREN: { KO: "건/아동 1,000명", EN: "posts per 1,000 children" },
  PROBABILITY: { KO: "(0~1)", EN: "(0 to 1)" },
  RATIO: { KO: "", EN: "" },
  REQUESTS: { KO: "건", EN: "requests" },
  STANDARD_DEVIATIONS: { KO: "표준편차", EN: "standard deviations" },
  USES: { KO: "회", EN: "uses" },
  WEEKS: { KO: "주", EN: "weeks" },
  WON: { KO: "원", EN: "won" },
  WON_PER_ESTABLISHMENT: { KO: "원/점포", EN: "won per establishment" },
  WON_PER_PAYMENT: { KO: "원/건", EN: "won per payment" },
  YES_NO: { KO: "", EN: "" },
};

let current: Language = "KO";
/** The language of the page. */
export const lang = () => current;
/** Switches it. */
export const setLang = (language: Language) => {
  current = language;
};
/** A text in the language of the page. */
export const t = (text: Text) => text[current];
