import type { ColumnTable } from './header.ts'
import type { PersonField } from './person.ts'

/** Every column a roster may have: the header we write ourselves, and what clerks' systems call it in both languages. */
export const columns: ColumnTable<PersonField> = {
  studentNumber: {
    header: 'student_number',
    required: true,
    alsoCalled: ['學號', '學生證號', 'student number', 'student id', 'student no'],
  },
  nameZh: {
    header: 'name_zh',
    required: true,
    alsoCalled: ['姓名', '中文姓名', '學生姓名', 'chinese name', 'name'],
  },
  nameEn: { header: 'name_en', required: true, alsoCalled: ['英文姓名', '英文名', 'english name'] },
  department: {
    header: 'department',
    required: true,
    alsoCalled: ['系所代碼', '系所', '系所別', '系級', 'department code', 'department id'],
  },
  entryYear: {
    header: 'entry_year',
    required: true,
    alsoCalled: ['入學學年度', '入學年度', '入學學年', '入學年', 'entry year', 'year of entry'],
  },
  degree: {
    header: 'degree',
    required: true,
    alsoCalled: ['學制', '學位', '學位別', '學制別', 'programme level'],
  },
  kind: { header: 'kind', required: true, alsoCalled: ['身分別', '身份別', '學生身分', 'student kind'] },
  status: {
    header: 'status',
    required: true,
    alsoCalled: ['學籍狀態', '在學狀態', '學籍', 'enrolment status'],
  },
  site: { header: 'site', required: true, alsoCalled: ['校區', '校區別', 'campus'] },
  hall: {
    header: 'hall',
    required: false,
    alsoCalled: ['宿舍', '宿舍別', '住宿', 'dormitory', 'residence hall'],
  },
  email: { header: 'email', required: false, alsoCalled: ['電子郵件', '電子信箱', '信箱', 'e-mail', 'mail'] },
  language: { header: 'language', required: false, alsoCalled: ['語言', '通知語言', '語文'] },
  healthCheck: {
    header: 'health_check',
    required: false,
    alsoCalled: ['健康檢查', '新生健檢', '體檢', '健檢'],
  },
  leaveTerms: {
    header: 'leave_terms',
    required: false,
    alsoCalled: ['休學學期', '休學學年期', 'terms on leave'],
  },
  returnedOn: { header: 'returned_on', required: false, alsoCalled: ['復學日期', '復學日', 'return date'] },
  nextStatus: {
    header: 'next_status',
    required: false,
    alsoCalled: ['預定學籍狀態', '預定學籍', '異動後學籍', 'planned status'],
  },
  nextStatusOn: {
    header: 'next_status_on',
    required: false,
    alsoCalled: ['學籍異動日', '異動日期', '生效日', 'planned status date', 'effective date'],
  },
  alsoStaff: {
    header: 'also_staff',
    required: false,
    alsoCalled: ['教職員身分', '兼任職員', '教職員', 'staff'],
  },
}

export const personFields = Object.keys(columns) as readonly PersonField[]
