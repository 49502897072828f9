//! The rest of what stands in the invented posts: places, beginnings, endings, and posts that are not about childcare.

/// Stations in and at the border of the district: facts of the map.
pub const STATIONS: [&str; 13] = [
    "노량진역",
    "대방역",
    "흑석역",
    "동작역",
    "이수역",
    "사당역",
    "남성역",
    "숭실대입구역",
    "상도역",
    "장승배기역",
    "신대방삼거리역",
    "보라매역",
    "신대방역",
];

/// Places beyond the border.
pub const ELSEWHERE: [&str; 6] = ["봉천동", "방배동", "신길동", "신림동", "반포동", "여의도동"];

/// How a place is brought in; `{p}` is the place.
pub const WITH_PLACE: [&str; 9] = [
    "{p} 사는 두 아이 엄마예요.",
    "{p} 쪽 이야기입니다.",
    "{p}에서 어린이집 보내고 있어요.",
    "{p}에 이사 온 지 얼마 안 됐는데요,",
    "{p} 근처 어린이집 다녀요.",
    "저희는 {p} 근방이에요.",
    "{p} 맘님들 계신가요.",
    "요즘 {p} 어린이집 이야기 좀 할게요.",
    "{p} 어린이집 상담 다녀왔어요.",
];

/// Beginnings of posts without a place.
pub const WITHOUT_PLACE: [&str; 7] = [
    "아이가 다니는 어린이집 이야기예요.",
    "네 살 아들 키우는 아빠입니다.",
    "복직 앞두고 어린이집 알아보는 중입니다.",
    "어린이집 보낸 지 한 달 됐어요.",
    "오늘 등원하고 적어 봐요.",
    "육아 선배님들께 여쭙니다.",
    "돌쟁이 엄마예요.",
];

/// Endings after glad, cross and asking sentences.
pub const GLAD_ENDINGS: [&str; 5] =
    ["정말 만족해요!", "고마운 마음에 남깁니다 ^^", "추천해요~", "덕분에 살 만하네요.", ""];
pub const CROSS_ENDINGS: [&str; 6] =
    ["답답하네요.", "진짜 지칩니다 ㅠㅠ", "저만 이런가요", "개선이 필요해 보여요.", "한숨만 나와요...", ""];
pub const ASKING_ENDINGS: [&str; 4] = ["답변 미리 감사해요.", "아시는 분 댓글 부탁드려요.", "궁금하네요.", ""];

/// Tags of pictures and short messages.
pub const TAGS: [&str; 8] =
    ["#육아", "#어린이집", "#육아일상", "#맞벌이육아", "#등원", "#아이랑", "#동작구맘", "#육아소통"];

/// Sentences of bloggers between the beginning and the ending.
pub const BLOG_FILLERS: [&str; 6] = [
    "사진은 아이 얼굴이 나와서 생략합니다.",
    "주변에 물어봐도 비슷한 이야기를 하더라고요.",
    "지난달 이야기인데 이제야 정리해서 올려요.",
    "혹시 도움이 될까 해서 적어 둡니다.",
    "아이는 집에 오자마자 잠들었어요.",
    "다음에 또 소식 남길게요.",
];

/// News; `{p}` is the place, `{n}` a small number.
pub const NEWS: [&str; 7] = [
    "{p} 주민센터가 새 단장을 마치고 {n}층에 공동육아방을 열었다.",
    "구는 {p}에 국공립 어린이집 {n}곳을 더 짓겠다고 밝혔다.",
    "{p} 일대 어린이집 {n}곳이 원아 부족으로 문을 닫는다.",
    "{p} 학부모들이 연장 보육 교사를 늘려 달라는 서명을 냈다.",
    "구는 {p} 어린이집 {n}곳을 점검해 안전 기준을 어긴 시설에 시정을 요구했다.",
    "구가 {p} 가정 {n}00곳에 장난감 꾸러미를 보냈다.",
    "감염 우려로 {p} 어린이집의 휴원이 {n}주 더 이어진다.",
];

/// Posts about other things; `{p}` is a place.
pub const OFF_TOPIC: [&str; 14] = [
    "{p} 새로 생긴 국숫집 줄이 길던데 먹어 볼 만하네요.",
    "오늘 {p} 버스가 왜 이렇게 막히는지 한 시간 걸렸습니다.",
    "{p} 벚꽃이 활짝 폈어요. 저녁 산책 좋네요.",
    "{p} 전세 시세 아시는 분 계신가요.",
    "비 오니까 파전에 막걸리 생각나네요.",
    "어젯밤 축구 보느라 잠을 못 잤어요.",
    "{p}에서 검은색 우산 잃어버렸습니다. 보신 분 연락 주세요.",
    "{p} 헬스장 아침반 다니는데 사람이 적어서 좋아요.",
    "주말에 볼 만한 영화 추천해 주세요.",
    "{p} 공사 소음 때문에 낮잠을 못 자겠네요.",
    "고양이가 또 화분을 엎었습니다.",
    "{p} 카페 사장님이 바뀌고 커피 맛이 달라졌어요.",
    "컴퓨터가 자꾸 꺼지는데 수리 잘하는 곳 있나요.",
    "{p} 시장에서 딸기 한 상자 싸게 샀어요.",
];

/// Adverts; `{p}` is a place, `{t}` a telephone number.
pub const ADVERTS: [&str; 9] = [
    "★신규 오픈★ {p} 키즈카페 평일 반값 이벤트! 예약 {t}",
    "{p} 어린이집 엄마들 주목! 영어 교재 무료 체험 신청하세요 {t}",
    "육아로 힘드시죠? 집에서 하는 부업 월 수익 공개, 카톡 상담 환영",
    "무담보 당일 대출 상담 {t} 주부도 가능합니다",
    "{p} 신축 빌라 특별 분양, 선착순 사은품 증정 {t}",
    "아기 사진 스튜디오 촬영권 70% 할인! 오늘만! 링크 클릭",
    "학습지 첫 달 0원! 지금 전화하시면 교구까지 드려요 {t}",
    "유아 매트 공동구매 마감 임박!! 프로필 링크에서 주문하세요",
    "[광고] 어린이 홍삼 체험단 모집, 후기 쓰면 한 상자 더",
];
