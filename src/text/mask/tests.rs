//! What is masked and what is left alone.

use super::*;

fn masked(text: &str) -> String {
    mask(text).text
}

fn kept(text: &str) {
    let result = mask(text);
    assert_eq!((result.text.as_str(), result.found.len()), (text, 0));
}

#[test]
fn telephone_numbers_are_masked_in_their_spellings() {
    for number in [
        "010-1234-5678",
        "010 1234 5678",
        "01012345678",
        "010.1234.5678",
        "010)1234-5678",
        "０１０－１２３４－５６７８",
        "공일공-일이삼사-오육칠팔",
        "공일공 일이삼사 오육칠팔",
        "공일공일이삼사오육칠팔",
        "영일영에 일이삼사에 오육칠팔",
        "공일공 다시 일이삼사 다시 오육칠팔",
        "010-일이삼사-5678",
        "O1O-1234-5678",
        "o1o 1234 5678",
        "0 1 0 1 2 3 4 5 6 7 8",
        "+82 10-1234-5678",
        "+82-10-1234-5678",
        "+82)010-1234-5678",
        "(010) 1234-5678",
        "010~1234~5678",
        "010/1234/5678",
        "011-234-5678",
        "016-234-5678",
        "019-1234-5678",
        "02-812-3456",
        "02-1234-5678",
        "02)812-3456",
        "(02) 812-3456",
        "028123456",
        "0212345678",
        "031-234-5678",
        "031 234 5678",
        "070-1234-5678",
        "0507-1234-5678",
        "1588-1234",
        "0️⃣1️⃣0️⃣ 1️⃣2️⃣3️⃣4️⃣ 5️⃣6️⃣7️⃣8️⃣",
        "⓪①⓪-①②③④-⑤⑥⑦⑧",
        "010 - 1234 - 5678",
        "010–1234–5678",
        "010ㅡ1234ㅡ5678",
        "02-8123-456칠",
    ] {
        let result = mask(&format!("문의는 {number} 주세요"));
        assert_eq!(result.text, "문의는 [전화] 주세요", "{number}");
        assert_eq!(result.found, BTreeSet::from([PersonalData::Phone]));
    }
}

#[test]
fn a_number_is_taken_out_of_its_sentence_and_nothing_more() {
    assert_eq!(masked("제 번호는010-1234-5678이에요"), "제 번호는[전화]이에요");
    assert_eq!(masked("011-234-5678 3명 가능"), "[전화] 3명 가능");
    assert_eq!(masked("010-1234-5678 010-8765-4321"), "[전화] [전화]");
    assert_eq!(masked("전화 812-3456 입니다"), "전화 [전화] 입니다");
}

/// A digit too many or too few is no reason to let a number through, nor to look beyond its end.
#[test]
fn odd_lengths_are_masked_and_short_ones_stay() {
    assert_eq!(masked("+82 -1-8-2-2-0-0-0-0-0-0"), "[전화]");
    assert_eq!(masked("010-123-4567"), "[전화]");
    kept("+82 2 1234");
}

#[test]
fn ordinary_numbers_stay() {
    for text in [
        "2020-02-12 10:30에 120명이 왔어요",
        "대기 120번에서 35번으로",
        "1500~2000원",
        "1600-2000원 정도",
        "2020.03.15 ~ 2020.04.05",
        "만 3세 2명, 만 4세 5명",
        "보육료 470,000원",
        "1,000,000원 지원",
        "3월 2일부터 4월 17일까지",
        "상도1동 2020년 3월",
        "12주 3000원",
        "20일 2000명",
        "10조 2000억",
        "30도 1000번",
        "02-12 10시",
        "이 일 오 사",
        "101동 1203호",
        "1년 365일 24시간",
        "코로나19 확진자 1234명",
        "0세반 5명 1세반 10명",
        "812-3456명",
        "2019.01.23 12:30~13:40 낮잠",
        "2016-2017-2018년",
    ] {
        kept(text);
    }
}

#[test]
fn mail_addresses_are_masked() {
    for address in [
        "mom77@naver.com",
        "mom.77+a@mail.example.co.kr",
        "mom77 @ naver.com",
        "mom77골뱅이naver.com",
        "mom77 골뱅이 네이버",
        "mom77@네이버",
        "mom77(at)gmail.com",
        "mom77골뱅이지메일점컴",
        "01012345678@naver.com",
        "ｍｏｍ７７＠ｎａｖｅｒ．ｃｏｍ",
        "mom77@naver. com",
    ] {
        assert_eq!(masked(&format!("메일 {address} 로")), "메일 [이메일] 로", "{address}");
    }
    assert_eq!(masked("mom77@naver.com으로 보내세요"), "[이메일]으로 보내세요");
    kept("골뱅이 무침 반찬이 나왔어요");
}

#[test]
fn links_and_handles_are_masked() {
    assert_eq!(masked("보세요 https://blog.example.com/a?b=1#c 여기"), "보세요 [링크] 여기");
    assert_eq!(masked("www.example.co.kr에서 봤어요"), "[링크]에서 봤어요");
    assert_eq!(masked("cafe.example.com/123, 참고"), "[링크], 참고");
    assert_eq!(masked("(http://ex.kr/1)"), "([링크])");
    assert_eq!(masked("https://ex.kr/ab12에서 봤어요"), "[링크]에서 봤어요");
    assert_eq!(masked("https://ex.kr/김민지/1"), "[링크]");
    kept("최고의 영화@@꼭보세요");
    assert_eq!(masked("@happy_mom77 님 안녕하세요"), "[아이디] 님 안녕하세요");
    assert_eq!(masked("@민준맘 봐 주세요"), "[아이디] 봐 주세요");
    kept("@상도동 놀이터");
    kept("2개@1000");
    kept("아이가 3.5kg 이었어요. 그래요.좋네요");
}

#[test]
fn messenger_ids_are_masked_and_the_messenger_is_named() {
    assert_eq!(masked("카톡 아이디 happymom"), "카톡 아이디 [메신저]");
    assert_eq!(masked("카톡ID: mom_love77"), "카톡ID: [메신저]");
    assert_eq!(masked("카카오톡 아이디는 abcd1234 입니다"), "카카오톡 아이디는 [메신저] 입니다");
    assert_eq!(masked("카톡 mom77love 로 주세요"), "카톡 [메신저] 로 주세요");
    assert_eq!(masked("텔레그램 secretmom"), "텔레그램 [메신저]");
    assert_eq!(masked("라인 아이디: linemom"), "라인 아이디: [메신저]");
    assert_eq!(masked("카톡으로 연락 주세요 mom_77"), "카톡으로 연락 주세요 [메신저]");
    assert_eq!(masked("mom_77 카톡 주세요"), "[메신저] 카톡 주세요");
    assert_eq!(masked("오픈채팅 https://open.kakao.com/o/sAbCdEf"), "오픈채팅 [메신저]");
    assert_eq!(masked("open.kakao.com/o/gXyZ12 들어오세요"), "[메신저] 들어오세요");
    kept("온라인 zoom 수업");
    kept("카톡 알림이 3시에 왔어요");
    kept("카카오톡 PC 버전");
    kept("가이드라인 version2 나왔네요");
}

#[test]
fn resident_account_and_card_numbers_are_masked() {
    assert_eq!(masked("900101-1234567"), "[주민번호]");
    assert_eq!(masked("9001011234567"), "[주민번호]");
    assert_eq!(masked("900101 - 2234567 이에요"), "[주민번호] 이에요");
    assert_eq!(masked("200315-3******"), "[주민번호]");
    assert_eq!(masked("1234-5678-9012-3456"), "[카드]");
    assert_eq!(masked("1234 5678 9012 3456"), "[카드]");
    assert_eq!(masked("국민은행 123456-01-123456"), "국민은행 [계좌]");
    assert_eq!(masked("신한 110-123-456789"), "신한 [계좌]");
    assert_eq!(masked("카카오뱅크 3333-01-1234567 입금"), "카카오뱅크 [계좌] 입금");
    assert_eq!(masked("농협 3520101234567"), "농협 [계좌]");
    assert_eq!(masked("계좌 1002 123 456789"), "계좌 [계좌]");
}

#[test]
fn car_plates_are_masked() {
    assert_eq!(masked("12가 3456 차 빼 주세요"), "[차량번호] 차 빼 주세요");
    assert_eq!(masked("123하4567"), "[차량번호]");
    assert_eq!(masked("주차한 34주 1234"), "주차한 [차량번호]");
}

#[test]
fn a_full_name_goes_and_its_title_stays() {
    assert_eq!(masked("김민지 선생님 감사해요"), "[이름] 선생님 감사해요");
    assert_eq!(masked("김민지선생님이 좋아요"), "[이름]선생님이 좋아요");
    assert_eq!(masked("박서연쌤"), "[이름]쌤");
    assert_eq!(masked("이영희 원장님"), "[이름] 원장님");
    assert_eq!(masked("최수진원장이"), "[이름]원장이");
    assert_eq!(masked("정다은 교사"), "[이름] 교사");
    assert_eq!(masked("홍길동 씨는"), "[이름] 씨는");
    assert_eq!(masked("홍길동님"), "[이름]님");
    assert_eq!(masked("남궁서연 선생님"), "[이름] 선생님");
    assert_eq!(masked("담임 김민지 선생님"), "담임 [이름] 선생님");
    assert_eq!(masked("김민지 담임선생님"), "[이름] 담임선생님");
    assert_eq!(masked("허준 선생님"), "[이름] 선생님");
    assert_eq!(masked("김하은(원장)"), "[이름](원장)");
    assert_eq!(masked("담임김민지선생님"), "담임[이름]선생님");
    assert_eq!(masked("원장 이영희를 처벌하라"), "원장 [이름]를 처벌하라");
    assert_eq!(masked("담임(김민지)"), "담임([이름])");
    assert_eq!(masked("이름은 김민지예요"), "이름은 [이름]예요");
}

#[test]
fn ordinary_words_before_a_title_stay() {
    for text in [
        "담임선생님",
        "어린이집선생님",
        "우리선생님",
        "원장선생님",
        "우리 선생님",
        "주임선생님",
        "보조 선생님",
        "새로 오신 선생님",
        "여자 선생님",
        "남자선생님",
        "유아 교사",
        "하원 선생님",
        "유치원 선생님",
        "전문 교사",
        "우수 교사",
        "정규 교사",
        "이상한 선생님",
        "조용한 선생님",
        "성실한 교사",
        "고마운 선생님",
        "무서운 원장",
        "나쁜 원장님",
        "마음씨 고운",
        "솜씨",
        "날씨",
        "아저씨",
        "손님",
        "부모님",
        "고객님",
        "선배님",
        "이웃님",
        "강사님",
        "조리사님",
        "이용자님",
        "구청장님",
        "이모님",
        "이번 원장님",
        "이런 선생님",
        "다른 선생님",
        "모든 교사",
        "지금 선생님",
        "여기 원장님",
        "임시 교사",
        "장애 교사",
        "보육 교사",
        "국공립 원장",
        "민간 원장",
        "시간제 교사",
        "연장반 교사",
        "한 선생님",
        "이 선생님",
        "김 선생님",
        "지원한 교사",
        "남은 선생님",
        "정말 선생님이",
        "원장님 선생님 모두",
        "아동학대 교사",
        "이전 선생님",
        "소중한 선생님",
        "어린 교사",
        "주신 선생님들",
        "진짜 원장님",
        "저희 원장님",
        "원은 담임이",
        "제가 선생님께",
        "3주동안 담임",
        "원장 이상해",
        "국정원장",
        "교사 이미지가",
        "이름은 이름이에요",
        "유아대 교사수",
        "담임 이동시",
        "대체 교사",
        "기간제 교사",
        "신규 교사",
        "현재 원장",
        "전임 원장님",
    ] {
        kept(text);
    }
}

#[test]
fn several_kinds_are_reported() {
    let result = mask("김민지 선생님 010-1234-5678 mom@naver.com");
    assert_eq!(result.text, "[이름] 선생님 [전화] [이메일]");
    assert_eq!(result.found, BTreeSet::from([PersonalData::Name, PersonalData::Phone, PersonalData::Email]));
}

#[test]
fn lines_stay_lines() {
    assert_eq!(masked("첫 줄\n010-1234-5678\n셋째 줄"), "첫 줄\n[전화]\n셋째 줄");
}
