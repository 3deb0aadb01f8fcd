/** A name in both languages. */
export interface Named {
  'zh-TW': string
  en: string
}

/** A faculty of the large campus with what students of it carry in their numbers, and where its buildings are. */
export interface LargeFaculty {
  id: string
  name: Named
  site: 'heping' | 'gongguan'
  /** The last letter of its students' numbers. */
  letter: string
  /** Departments that the small campus does not have: id, two digits of the student number, names. */
  departments: readonly (readonly [id: string, code: string, zh: string, en: string])[]
}

/** The faculties of the large campus to try, with the departments that come to the four of the small one. */
export const largeFaculties: readonly LargeFaculty[] = [
  {
    id: 'education',
    name: { 'zh-TW': '教育學院', en: 'College of Education' },
    site: 'heping',
    letter: 'E',
    departments: [
      ['psychology', '01', '教育心理與輔導學系', 'Department of Educational Psychology'],
      ['adult-education', '02', '社會教育學系', 'Department of Adult Education'],
      ['health', '05', '健康促進與衛生教育學系', 'Department of Health Promotion'],
      ['human-development', '06', '人類發展與家庭學系', 'Department of Human Development'],
      ['special-education', '09', '特殊教育學系', 'Department of Special Education'],
    ],
  },
  {
    id: 'liberal-arts',
    name: { 'zh-TW': '文學院', en: 'College of Liberal Arts' },
    site: 'heping',
    letter: 'L',
    departments: [
      ['english', '21', '英語學系', 'Department of English'],
      ['history', '22', '歷史學系', 'Department of History'],
      ['geography', '23', '地理學系', 'Department of Geography'],
      ['linguistics', '24', '語言學系', 'Department of Linguistics'],
    ],
  },
  {
    id: 'science',
    name: { 'zh-TW': '理學院', en: 'College of Science' },
    site: 'gongguan',
    letter: 'S',
    departments: [
      ['physics', '41', '物理學系', 'Department of Physics'],
      ['chemistry', '42', '化學系', 'Department of Chemistry'],
      ['life-science', '43', '生命科學系', 'Department of Life Science'],
      ['earth-science', '44', '地球科學系', 'Department of Earth Sciences'],
    ],
  },
  {
    id: 'technology',
    name: { 'zh-TW': '科技與工程學院', en: 'College of Technology and Engineering' },
    site: 'heping',
    letter: 'H',
    departments: [
      ['industrial-education', '70', '工業教育學系', 'Department of Industrial Education'],
      ['graphic-arts', '72', '圖文傳播學系', 'Department of Graphic Arts'],
      ['mechatronics', '73', '機電工程學系', 'Department of Mechatronic Engineering'],
      ['electrical', '75', '電機工程學系', 'Department of Electrical Engineering'],
    ],
  },
  {
    id: 'arts',
    name: { 'zh-TW': '藝術學院', en: 'College of Arts' },
    site: 'heping',
    letter: 'T',
    departments: [
      ['fine-arts', '60', '美術學系', 'Department of Fine Arts'],
      ['design', '68', '設計學系', 'Department of Design'],
      ['art-history', '64', '藝術史學系', 'Department of Art History'],
    ],
  },
  {
    id: 'music',
    name: { 'zh-TW': '音樂學院', en: 'College of Music' },
    site: 'heping',
    letter: 'M',
    departments: [
      ['music', '90', '音樂學系', 'Department of Music'],
      ['performing-arts', '91', '表演藝術學系', 'Department of Performing Arts'],
    ],
  },
  {
    id: 'sports',
    name: { 'zh-TW': '運動與休閒學院', en: 'College of Sports and Recreation' },
    site: 'gongguan',
    letter: 'A',
    departments: [
      ['physical-education', '30', '體育與運動科學系', 'Department of Physical Education'],
      ['athletics', '31', '運動競技學系', 'Department of Athletics'],
      ['recreation', '32', '休閒與餐旅管理學系', 'Department of Recreation and Hospitality'],
    ],
  },
  {
    id: 'social-sciences',
    name: { 'zh-TW': '社會科學學院', en: 'College of Social Sciences' },
    site: 'heping',
    letter: 'I',
    departments: [
      ['communication', '81', '大眾傳播學系', 'Department of Communication'],
      ['east-asian', '83', '東亞學系', 'Department of East Asian Studies'],
      ['social-work', '85', '社會工作學系', 'Department of Social Work'],
    ],
  },
  {
    id: 'management',
    name: { 'zh-TW': '管理學院', en: 'College of Management' },
    site: 'heping',
    letter: 'O',
    departments: [
      ['business', '55', '企業管理學系', 'Department of Business Administration'],
      ['global-management', '57', '全球經營學系', 'Department of Global Management'],
    ],
  },
]
