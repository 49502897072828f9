//! What Korean names are made of, and the ordinary words that look like them.
//!
//! From general knowledge of the language; the family names are the commonest of the census of 2015 (Statistics Korea),
//! which 98 in 100 people bear. They are constants and not settings because a masking that forgets its list protects
//! nobody.

/// Family names of one syllable.
pub const FAMILY_NAMES: &str = "김이박최정강조윤장임한오서신권황안송류유홍전고문양손배백허남심노하곽성차주우구나민진지엄\
    채원천방공현함변염여추도소석설마길연위표명기반라왕모탁국어육맹제";

/// Family names that two in three people bear: after a title, where ordinary words are more frequent than names, only
/// these are believed.
pub const COMMONEST_FAMILY_NAMES: &str = "김이박최조윤장임한오서권황송홍";

/// Family names of two syllables.
pub const LONG_FAMILY_NAMES: [&str; 7] = ["남궁", "황보", "제갈", "사공", "선우", "독고", "서문"];

/// Syllables that given names are made of.
pub const GIVEN_SYLLABLES: &str = "가강건겸경광권규균근금기길나남노다달대덕도동라란람래려련령례롱름리린림명무문미민범병보\
    봉비빈상샘서석선설섭성세소솔솜송수숙순슬승시신아안애연영예옥온완용우욱운웅원유윤율은이익인일자재정종주준중지진\
    찬창채철초춘태택하학한해향혁현형혜호홍화환효훈휘흥희";

/// Titles that stand after a name, the longest first; more may follow them.
pub const TITLES: [&str; 14] = [
    "보육교사",
    "선생님",
    "부원장",
    "이사장",
    "조리사",
    "담임",
    "선생",
    "원장",
    "원감",
    "주임",
    "교사",
    "강사",
    "쌤",
    "샘",
];

/// Titles that stand before a name.
pub const TITLES_BEFORE: [&str; 5] = ["원장", "교사", "담임", "선생", "원감"];

/// Titles that must end their word, but for a particle, and that stand only after a name of three syllables or more
/// when they follow without a space (솜씨, 손님).
pub const SHORT_TITLES: [&str; 2] = ["씨", "님"];

/// Beginnings of the particles that may follow a short title.
pub const PARTICLES: &str = "이가은는을를의께도와과랑한에만요라로처";

/// Words that may stand before a name without a space.
pub const BEFORE_NAMES: [&str; 8] = ["담임", "원장", "부원장", "주임", "교사", "선생님", "우리", "저희"];

/// Ordinary words of two syllables, each a family name and a given syllable by chance. They stand before titles
/// (하원 선생님, 여자 교사) or begin a longer word that does (지원한 교사).
pub const ORDINARY_WORDS: [&str; 161] = [
    "우리", "여자", "남자", "여성", "남성", "유아", "하원", "조리", "지도", "정원", "지원", "임시", "임용", "정규",
    "전문", "우수", "전화", "지정", "지금", "여기", "우선", "한명", "하나", "양호", "한문", "정보", "방문", "남은",
    "주신", "오신", "하신", "심한", "강한", "선한", "구한", "정한", "고운", "소수", "민영", "공영", "노인", "성인",
    "장인", "주인", "주민", "장애", "장기", "신규", "신도", "신선", "진행", "진정", "진지", "진상", "진한", "이상",
    "이용", "이동", "이수", "이미", "이해", "이래", "이하", "이유", "이은", "조용", "유명", "유일", "유용", "유지",
    "유연", "유리", "소중", "소신", "소아", "소유", "신중", "신호", "강인", "강화", "강원", "안일", "안정", "안심",
    "고유", "고민", "고수", "고려", "고정", "한가", "한동", "한해", "우아", "우정", "우연", "성숙", "성장", "성인",
    "성대", "공정", "공동", "공연", "공유", "공원", "노련", "노력", "정연", "정해", "정식", "정상", "전임", "전원",
    "전혀", "전기", "전도", "주도", "주위", "주요", "주기", "주중", "지난", "지인", "지나", "지하", "구인", "구미",
    "구성", "현명", "현재", "현지", "현실", "기도", "기운", "기다", "기대", "이름", "원래", "원아", "하자", "국정",
    "이사", "조만", "임신", "임금", "인상", "한참", "오래", "서로", "서울", "장소", "나이", "나라", "나은", "나온",
    "다른", "문의", "문화", "국내", "국민", "어린", "어려",
];

/// Of these, the ones that begin a name more often than they are inflected: 이수진, 이하은.
pub const BEGINNINGS_OF_NAMES: [&str; 4] = ["이수", "이하", "이은", "정은"];

/// Ordinary words of three syllables and quarters of Seoul, made like a name.
pub const ORDINARY_LONG_WORDS: [&str; 34] = [
    "도우미",
    "신학기",
    "이용자",
    "지원자",
    "구직자",
    "소비자",
    "주인공",
    "신정동",
    "신림동",
    "성수동",
    "한남동",
    "방화동",
    "우이동",
    "홍은동",
    "장안동",
    "정자동",
    "서현동",
    "이문동",
    "고덕동",
    "문정동",
    "송정동",
    "남현동",
    "구미동",
    "공주시",
    "강동구",
    "안하신",
    "고인이",
    "이상해",
    "이미지",
    "기간제",
    "원하신",
    "안나오",
    "나이다",
    "한자리",
];
